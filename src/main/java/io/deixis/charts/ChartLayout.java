package io.deixis.charts;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A chart in the coordinates of its drawing, whose origin is at the top left. Numbers are as SVG
 * writes them.
 *
 * @param title in a few words
 * @param xLabel what the horizontal axis measures
 * @param yLabel what the vertical axis measures
 * @param columns ticks of the horizontal axis
 * @param rows ticks of the vertical axis
 * @param shapes what is drawn between the axes, in drawing order
 * @param legend the named series
 */
public record ChartLayout(
    String title,
    String xLabel,
    String yLabel,
    List<Mark> columns,
    List<Mark> rows,
    List<Shape> shapes,
    List<Entry> legend) {

  /** Width of the drawing. */
  public static final int WIDTH = 480;

  /** Height of the drawing. */
  public static final int HEIGHT = 292;

  /** Left edge of the plot. */
  public static final int LEFT = 56;

  /** Right edge of the plot. */
  public static final int RIGHT = 464;

  /** Upper edge of the plot. */
  public static final int TOP = 10;

  /** Lower edge of the plot. */
  public static final int BOTTOM = 242;

  /** A bar leaves this part of its width free. */
  private static final double BAR_GAP = 0.12;

  /** Copies the lists. */
  public ChartLayout {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    shapes = List.copyOf(shapes);
    legend = List.copyOf(legend);
  }

  /**
   * A tick.
   *
   * @param at its place along the axis
   * @param text how it is written
   */
  public record Mark(String at, String text) {}

  /**
   * A series between the axes.
   *
   * @param kind {@code line}, {@code guide}, {@code dots} or {@code bars}
   * @param hue number of its colour
   * @param path its line as SVG path data; blank for dots and bars
   * @param spots its points with their titles; none for a guide
   */
  public record Shape(String kind, int hue, String path, List<Spot> spots) {

    /** Copies the spots. */
    public Shape {
      spots = List.copyOf(spots);
    }
  }

  /**
   * A point, or the rectangle of a bar.
   *
   * @param x the point's, or the rectangle's left edge
   * @param y the point's, or the rectangle's upper edge
   * @param width of the rectangle
   * @param height of the rectangle
   * @param title shown where the pointer is on it
   */
  public record Spot(String x, String y, String width, String height, String title) {}

  /**
   * An entry of the legend.
   *
   * @param kind as the shape's
   * @param hue as the shape's
   * @param name of the series
   */
  public record Entry(String kind, int hue, String name) {}

  /** Places a chart. */
  public static ChartLayout of(Chart chart) {
    return new ChartLayout(
        chart.title(),
        chart.x().label(),
        chart.y().label(),
        chart.x().ticks().stream()
            .map(tick -> new Mark(number(x(chart, tick.value())), tick.text()))
            .toList(),
        chart.y().ticks().stream()
            .map(tick -> new Mark(number(y(chart, tick.value())), tick.text()))
            .toList(),
        chart.series().stream().map(series -> shape(chart, series)).toList(),
        legend(chart));
  }

  private static Shape shape(Chart chart, Series series) {
    boolean joined = series.kind() == Series.Kind.LINE || series.kind() == Series.Kind.GUIDE;
    List<Spot> spots =
        series.kind() == Series.Kind.GUIDE
            ? List.of()
            : series.points().stream().map(point -> spot(chart, series, point)).toList();
    if (series.kind() == Series.Kind.LINE && series.points().size() == 1) {
      return new Shape(
          kind(Series.Kind.DOTS), series.hue(), "", spots); // a line of it has no length
    }
    String path = joined ? path(chart, series.points()) : "";
    return new Shape(kind(series.kind()), series.hue(), path, spots);
  }

  private static String path(Chart chart, List<Point> points) {
    return points.stream()
        .map(p -> number(x(chart, p.x())) + " " + number(y(chart, p.y())))
        .collect(Collectors.joining(" L", "M", ""));
  }

  private static Spot spot(Chart chart, Series series, Point point) {
    double x = x(chart, point.x());
    double y = y(chart, point.y());
    if (series.kind() != Series.Kind.BARS) {
      return new Spot(number(x), number(y), "0", "0", point.title());
    }
    double width = x(chart, point.x() + series.width()) - x;
    return new Spot(
        number(x + width * BAR_GAP / 2),
        number(y),
        number(width * (1 - BAR_GAP)),
        number(BOTTOM - y),
        point.title());
  }

  private static List<Entry> legend(Chart chart) {
    return chart.series().stream()
        .filter(series -> !series.name().isBlank())
        .map(series -> new Entry(kind(series.kind()), series.hue(), series.name()))
        .toList();
  }

  private static String kind(Series.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static double x(Chart chart, double value) {
    return LEFT + (RIGHT - LEFT) * part(chart.x(), value);
  }

  private static double y(Chart chart, double value) {
    return BOTTOM - (BOTTOM - TOP) * part(chart.y(), value);
  }

  /** Where a value lies on its axis, in [0, 1]; beyond the ends it stays at the end. */
  private static double part(Axis axis, double value) {
    return Math.max(0, Math.min(1, (value - axis.from()) / (axis.to() - axis.from())));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
