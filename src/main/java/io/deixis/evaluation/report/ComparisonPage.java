package io.deixis.evaluation.report;

import io.deixis.charts.Chart;
import io.deixis.charts.ChartLayout;
import io.deixis.charts.Series;
import io.deixis.evaluation.Comparison;
import io.deixis.evaluation.Comparison.Difference;
import io.deixis.evaluation.Comparison.Estimate;
import io.deixis.evaluation.Comparison.Model;
import io.deixis.evaluation.ImageMetric;
import io.deixis.evaluation.report.Table.Cell;
import io.deixis.evaluation.report.Table.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Everything the comparison's template shows.
 *
 * @param title the models
 * @param subject what they were compared on, one sentence
 * @param sections the metrics, the differences, the cost and the recall by type
 * @param calibration how well their scores can be taken for probabilities
 */
public record ComparisonPage(
    String title, String subject, List<Section> sections, ChartLayout calibration) {

  /** As many as the charts have hues; more models are in the tables alone. */
  private static final int HUES = 6;

  /**
   * A table with a column for each model.
   *
   * @param note what to know of it, one or two sentences
   */
  public record Section(String note, Table table) {

    static Section of(String title, String note, List<String> models, List<Row> rows) {
      List<Cell> columns = new ArrayList<>(Table.columns(""));
      models.forEach(model -> columns.add(Cell.of(model)));
      return new Section(note, new Table(title, columns, rows));
    }
  }

  static ComparisonPage of(Comparison comparison) {
    List<Model> models = comparison.models();
    List<String> names = models.stream().map(model -> model.name()).toList();
    List<Section> sections = new ArrayList<>();
    sections.add(
        Section.of(
            "Metrics",
            "Recall in percent. In brackets the 95 % interval, bootstrapped over images.",
            names,
            rows(
                comparison.metrics(),
                models,
                (model, name) -> printed(name, model.metrics().get(name), false))));
    sections.add(
        Section.of(
            "Cost",
            "Time of one request after the other on %s photos; memory is what the process had grown by once the model had answered the split, without the engine's own."
                .formatted(Printed.count(models.get(0).cost().photos())),
            names,
            costs(models)));
    if (!comparison.differences().isEmpty()) {
      sections.add(differences(comparison));
    }
    sections.add(
        Section.of(
            "Recall@1 by entity type",
            "In percent.",
            names,
            rows(
                models.get(0).recallByType().keySet(),
                models,
                (model, type) -> Printed.percent(model.recallByType().getOrDefault(type, 0.0)))));
    return new ComparisonPage(
        String.join(", ", names),
        "Compared on %s images of the split %s with %s phrases, and with %s phrases that are not in the image they were asked of."
            .formatted(
                Printed.count(comparison.images()),
                comparison.split(),
                Printed.count(comparison.phrases()),
                Printed.count(comparison.absent())),
        sections,
        ChartLayout.of(calibration(models)));
  }

  private static Section differences(Comparison comparison) {
    List<Difference> differences = comparison.differences();
    return Section.of(
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
                                        printed(metric, d.metrics().get(metric), true),
                                        d.certain().contains(metric) ? "main" : ""))
                            .toList()))
            .toList());
  }

  private static List<Row> costs(List<Model> models) {
    List<Row> rows = new ArrayList<>();
    rows.add(row("photo and phrase, p50", models, m -> "%.0f ms".formatted(m.cost().photoP50())));
    rows.add(row("photo and phrase, p95", models, m -> "%.0f ms".formatted(m.cost().photoP95())));
    rows.add(row("further phrase, p50", models, m -> "%.1f ms".formatted(m.cost().phraseP50())));
    rows.add(row("files", models, m -> "%.0f MB".formatted(m.cost().bytes() / 1e6)));
    if (models.stream().allMatch(model -> model.cost().residentMegabytes() != null)) {
      rows.add(row("memory", models, m -> "%,d MB".formatted(m.cost().residentMegabytes())));
    }
    return rows;
  }

  /** Returns a metric with its interval, recall in percent; a dash where there is none. */
  private static String printed(String metric, Estimate estimate, boolean signed) {
    if (estimate == null) {
      return "–";
    }
    boolean percent = metric.startsWith(ImageMetric.RECALL);
    double unit = percent ? 100 : 1;
    String number = "%" + (signed ? "+" : "") + (percent ? ".1f" : ".3f");
    return (number + " [" + number + ", " + number + "]")
        .formatted(
            unit * estimate.value(),
            unit * estimate.interval().low(),
            unit * estimate.interval().high());
  }

  /** Returns metrics, costs and differences as lines of a monospaced text. */
  String text() {
    StringBuilder text = new StringBuilder();
    append(text, sections.get(0).table().columns(), sections.get(0).table().rows());
    append(text, List.of(), sections.get(1).table().rows());
    if (sections.size() > 3) {
      Table differences = sections.get(2).table();
      text.append("%n%s%n".formatted(differences.title()));
      append(text, differences.columns(), differences.rows());
    }
    return text.toString();
  }

  private void append(StringBuilder text, List<Cell> columns, List<Row> rows) {
    Table metrics = sections.get(0).table();
    int first = 2 + metrics.rows().stream().mapToInt(r -> r.name().length()).reduce(20, Math::max);
    int other =
        2 + metrics.columns().stream().mapToInt(c -> c.text().length()).reduce(22, Math::max);
    List<Row> lines = new ArrayList<>(rows);
    if (!columns.isEmpty()) {
      lines.add(0, new Row("", columns.subList(1, columns.size())));
    }
    for (Row line : lines) {
      text.append(("%-" + first + "s").formatted(line.name()));
      line.cells().forEach(cell -> text.append(("%" + other + "s").formatted(cell.text())));
      text.append(System.lineSeparator());
    }
  }

  private static List<Row> rows(
      Collection<String> names, List<Model> models, BiFunction<Model, String, String> text) {
    return names.stream().map(name -> row(name, models, model -> text.apply(model, name))).toList();
  }

  private static Row row(String name, List<Model> models, Function<Model, String> of) {
    return new Row(name, models.stream().map(model -> Cell.of(of.apply(model))).toList());
  }

  private static Chart calibration(List<Model> models) {
    List<Series> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(HUES, models.size()); i++) {
      String name = models.get(i).name();
      lines.addAll(ScoreCharts.reliability(name, name, i + 1, models.get(i).reliability()));
    }
    return ScoreCharts.calibration(lines);
  }
}
