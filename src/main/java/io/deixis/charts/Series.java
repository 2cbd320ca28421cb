package io.deixis.charts;

import java.util.List;

/**
 * Values that belong together.
 *
 * @param name as the legend has it; blank leaves it out of the legend
 * @param kind how it is drawn
 * @param hue its colour: a number that {@code chart.css} names, or {@value #QUIET}
 * @param points in drawing order
 * @param width of a bar, in the unit of the horizontal axis; a bar begins at its point's x
 */
public record Series(String name, Kind kind, int hue, List<Point> points, double width) {

  /** The hue of what helps to read a chart but is not its subject. */
  public static final int QUIET = 0;

  /** How a series is drawn. */
  public enum Kind {
    /** Points joined by a line. */
    LINE,
    /** A dashed line without points of its own. */
    GUIDE,
    /** One dot for each point. */
    DOTS,
    /** A bar from the horizontal axis to each point. */
    BARS
  }

  /** Copies the points. */
  public Series {
    points = List.copyOf(points);
  }

  /** Returns points joined by a line. */
  public static Series line(String name, int hue, List<Point> points) {
    return new Series(name, Kind.LINE, hue, points, 0);
  }

  /** Returns a quiet dashed line between two points. */
  public static Series guide(String name, Point from, Point to) {
    return new Series(name, Kind.GUIDE, QUIET, List.of(from, to), 0);
  }

  /** Returns dots. */
  public static Series dots(String name, int hue, List<Point> points) {
    return new Series(name, Kind.DOTS, hue, points, 0);
  }

  /** Returns bars from the horizontal axis up. */
  public static Series bars(String name, int hue, double width, List<Point> points) {
    return new Series(name, Kind.BARS, hue, points, width);
  }
}
