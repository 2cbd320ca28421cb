package io.deixis.runlog;

import io.deixis.charts.Axis;
import io.deixis.charts.Chart;
import io.deixis.charts.ChartLayout;
import io.deixis.charts.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The charts of a training, and those that compare several. */
public final class TrainingCharts {

  /** More lines than this cannot be distinguished in one chart. */
  public static final int MOST_LINES = 6;

  private static final List<Panel> PANELS =
      List.of(
          new Panel("Loss", MetricsTable.LOSS),
          new Panel("Recall@1 on held-out images", MetricsTable.RECALL),
          new Panel("Terms of the loss"),
          new Panel("Accuracy and rate of positives", "accuracy", "positive_rate"),
          new Panel("Learning rate", "learning_rate"),
          new Panel("Gradient norm", "gradient"),
          new Panel("Images per second", "images_per_second"),
          new Panel("Memory, MB", "heap_mb", "resident_mb"));

  private TrainingCharts() {}

  /** Metrics that are drawn together; those without any are the stage's loss terms. */
  private record Panel(String title, List<String> metrics) {

    Panel(String title, String... metrics) {
      this(title, List.of(metrics));
    }
  }

  private record Line(String name, Curve curve) {}

  /** Returns the charts of a stage, those left out for which it has no metrics. */
  public static List<ChartLayout> of(StageCurves stage) {
    List<ChartLayout> charts = new ArrayList<>();
    for (Panel panel : PANELS) {
      List<Line> lines =
          (panel.metrics().isEmpty() ? stage.terms() : panel.metrics())
              .stream()
                  .map(metric -> new Line(readable(metric), stage.curve(metric)))
                  .filter(line -> !line.curve().isEmpty())
                  .toList();
      chart(panel.title(), stage.step(), lines).ifPresent(charts::add);
    }
    return charts;
  }

  /**
   * Returns a metric of several trainings in one chart.
   *
   * @param title of the chart
   * @param metric its column
   * @param runs the same stage of trainings, by their names, at most {@value #MOST_LINES}
   * @return nothing if none of them has the metric
   */
  public static Optional<ChartLayout> compared(
      String title, String metric, Map<String, StageCurves> runs) {
    List<Line> lines = new ArrayList<>();
    long steps = 0;
    for (Map.Entry<String, StageCurves> run : runs.entrySet()) {
      // One that has not got so far keeps its place, so that colours stay those of the runs.
      lines.add(new Line(run.getKey(), run.getValue().curve(metric)));
      steps = Math.max(steps, run.getValue().step());
    }
    return chart(title, steps, lines);
  }

  private static Optional<ChartLayout> chart(String title, long steps, List<Line> lines) {
    if (lines.stream().allMatch(line -> line.curve().isEmpty())) {
      return Optional.empty();
    }
    double low = 0;
    double high = 0;
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Curve curve = lines.get(i).curve();
      low = Math.min(low, curve.lowest());
      high = Math.max(high, curve.highest());
      String name = lines.size() == 1 ? "" : lines.get(i).name();
      series.add(
          Series.line(
              name,
              i + 1,
              curve.points(
                  lines.get(i).name(), value -> String.format(Locale.ROOT, "%.4g", value))));
    }
    return Optional.of(
        ChartLayout.of(
            new Chart(
                title,
                Axis.over("step", 0, Math.max(1, steps)),
                Axis.over("", low, high > low ? high : low + 1),
                series)));
  }

  private static String readable(String column) {
    return column.replace("_mb", "").replace('_', ' '); // the chart's title has the unit
  }
}
