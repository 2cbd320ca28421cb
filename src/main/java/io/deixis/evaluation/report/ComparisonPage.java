package io.deixis.evaluation.report;

import io.deixis.charts.Axis;
import io.deixis.charts.Chart;
import io.deixis.charts.ChartLayout;
import io.deixis.charts.Point;
import io.deixis.charts.Series;
import io.deixis.evaluation.Comparison;
import io.deixis.evaluation.Comparison.Difference;
import io.deixis.evaluation.Comparison.Model;
import io.deixis.evaluation.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Everything the comparison's template shows.
 *
 * @param title the models
 * @param subject what they were compared on, one sentence
 * @param tables the metrics, the differences, the cost and the recall by type
 * @param calibration how well their scores can be taken for probabilities
 */
public record ComparisonPage(
    String title, String subject, List<Table> tables, ChartLayout calibration) {

  /** As many as the charts have hues; more models are in the tables alone. */
  private static final int HUES = 6;

  /**
   * A table with a column for each model.
   *
   * @param note what to know of it, one or two sentences
   */
  public record Table(String title, String note, List<String> columns, List<Row> rows) {}

  /** A line of a table. */
  public record Row(String name, List<Cell> cells) {}

  /**
   * A figure.
   *
   * @param certain whether it is a difference that is no chance
   */
  public record Cell(String text, boolean certain) {}

  static ComparisonPage of(Comparison comparison) {
    List<Model> models = comparison.models();
    List<String> names = models.stream().map(model -> model.name()).toList();
    List<Table> tables = new ArrayList<>();
    tables.add(
        new Table(
            "Metrics",
            "Recall in percent. In brackets the 95 % interval, bootstrapped over images.",
            names,
            comparison.metrics().stream()
                .map(
                    metric ->
                        row(
                            metric,
                            models,
                            m -> Comparison.printed(metric, m.metrics().get(metric), false)))
                .toList()));
    if (!comparison.differences().isEmpty()) {
      tables.add(differences(comparison));
    }
    tables.add(
        new Table(
            "Cost",
            "Time of one request after the other on %s photos; memory is what the process had grown by once the model had answered the split, without the engine's own."
                .formatted(Printed.count(models.get(0).cost().photos())),
            names,
            List.of(
                cost("photo and phrase, p50, ms", models, c -> Printed.plain(c.photoP50())),
                cost("photo and phrase, p95, ms", models, c -> Printed.plain(c.photoP95())),
                cost("further phrase, p50, ms", models, c -> Printed.plain(c.phraseP50())),
                cost("files, MB", models, c -> Printed.count(c.bytes() / 1_000_000)),
                cost(
                    "memory, MB",
                    models,
                    c ->
                        c.residentMegabytes() == null
                            ? "–"
                            : Printed.count(c.residentMegabytes())))));
    tables.add(
        new Table(
            "Recall@1 by entity type",
            "In percent.",
            names,
            models.get(0).recallByType().keySet().stream()
                .map(
                    type ->
                        row(
                            type,
                            models,
                            m -> Printed.percent(m.recallByType().getOrDefault(type, 0.0))))
                .toList()));
    return new ComparisonPage(
        String.join(", ", names),
        "Compared on %s images of the split %s with %s phrases, and with %s phrases that are not in the image they were asked of."
            .formatted(
                Printed.count(comparison.images()),
                comparison.split(),
                Printed.count(comparison.phrases()),
                Printed.count(comparison.absent())),
        tables,
        ChartLayout.of(calibration(models)));
  }

  private static Table differences(Comparison comparison) {
    List<Difference> differences = comparison.differences();
    return new Table(
        "More than " + comparison.models().get(0).name(),
        "Both models were judged on the same resamples of images. A difference whose interval does"
            + " not hold 0 is printed in bold.",
        differences.stream().map(Difference::model).toList(),
        comparison.metrics().stream()
            .map(
                metric ->
                    new Row(
                        metric,
                        differences.stream()
                            .map(
                                d ->
                                    new Cell(
                                        Comparison.printed(metric, d.metrics().get(metric), true),
                                        d.certain().contains(metric)))
                            .toList()))
            .toList());
  }

  private static Row cost(String name, List<Model> models, Function<Cost, String> of) {
    return row(name, models, model -> of.apply(model.cost()));
  }

  private static Row row(String name, List<Model> models, Function<Model, String> of) {
    return new Row(name, models.stream().map(model -> new Cell(of.apply(model), false)).toList());
  }

  private static Chart calibration(List<Model> models) {
    List<Series> series = new ArrayList<>();
    series.add(Series.guide("perfect", new Point(0, 0, ""), new Point(1, 1, "")));
    for (int i = 0; i < Math.min(HUES, models.size()); i++) {
      Model model = models.get(i);
      List<Point> points =
          model.reliability().bins().stream()
              .filter(bin -> bin.cases() > 0)
              .map(
                  bin ->
                      new Point(
                          bin.probability(),
                          bin.positives(),
                          "%s: %s boxes with mean score %s, of which %s %% are right"
                              .formatted(
                                  model.name(),
                                  Printed.count(bin.cases()),
                                  Printed.score(bin.probability()),
                                  Printed.percent(bin.positives()))))
              .toList();
      series.add(Series.line(model.name(), i + 1, points));
      series.add(Series.dots("", i + 1, points));
    }
    return new Chart(
        "Calibration",
        Axis.unit("mean score of the bin"),
        Axis.unit("share of right boxes"),
        series);
  }
}
