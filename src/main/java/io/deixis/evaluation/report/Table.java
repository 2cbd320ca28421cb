package io.deixis.evaluation.report;

import io.deixis.metrics.AbsenceTable;
import io.deixis.metrics.ConfusionMatrix;
import io.deixis.metrics.RecallTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of a page.
 *
 * @param title in a few words
 * @param columns their headings, the first of the rows' names
 * @param rows in order
 */
public record Table(String title, List<Cell> columns, List<Row> rows) {

  private static final Cell INTERVAL = new Cell("95 %", "interval");

  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** A line. */
  public record Row(String name, List<Cell> cells) {

    static Row of(String name, Cell... cells) {
      return new Row(name, Arrays.asList(cells));
    }
  }

  /**
   * A text of the table.
   *
   * @param style the class that style sheets know it by; blank for a plain one
   */
  public record Cell(String text, String style) {

    static Cell of(String text) {
      return new Cell(text, "");
    }

    static Cell main(String text) {
      return new Cell(text, "main");
    }

    static Cell quiet(String text) {
      return new Cell(text, "quiet");
    }
  }

  /** Returns headings without a style. */
  static List<Cell> columns(String... titles) {
    return Arrays.stream(titles).map(Cell::of).toList();
  }

  /**
   * Returns Recall@k by entity type.
   *
   * @param candidates recall of the candidate regions, a column of its own; null to leave it out
   */
  static Table of(RecallTable table, RecallTable candidates) {
    List<Cell> columns = new ArrayList<>(columns("type", "phrases", "R@" + table.ks().get(0)));
    columns.add(INTERVAL);
    table.ks().stream().skip(1).forEach(k -> columns.add(Cell.of("R@" + k)));
    if (candidates != null) {
      columns.add(Cell.of("candidates"));
    }
    List<Row> rows = new ArrayList<>();
    rows.add(row(table.all(), candidates == null ? null : candidates.all()));
    for (int type = 0; type < table.types().size(); type++) {
      rows.add(
          row(table.types().get(type), candidates == null ? null : candidates.types().get(type)));
    }
    return new Table(table.protocol().title(), columns, rows);
  }

  private static Row row(RecallTable.Row row, RecallTable.Row candidates) {
    RecallTable.Recall best = row.atK().get(0);
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(Printed.count(row.phrases())));
    cells.add(Cell.main(Printed.percent(best.value())));
    cells.add(Cell.quiet(Printed.percent(best.interval())));
    row.atK().stream().skip(1).forEach(r -> cells.add(Cell.of(Printed.percent(r.value()))));
    if (candidates != null) {
      cells.add(Cell.of(Printed.percent(candidates.upperBound().value())));
    }
    return new Row(row.name(), cells);
  }

  /** Returns how well absent phrases are recognised, by their origin; the images' own come last. */
  static Table of(AbsenceTable table) {
    RecallTable.Recall present = table.present();
    Row own =
        Row.of(
            "the images' own phrases",
            Cell.of(Printed.count(present.phrases())),
            Cell.main(""),
            Cell.quiet(""),
            Cell.main(Printed.percent(present.value())),
            Cell.quiet(Printed.percent(present.interval())));
    return new Table(
        "Absent phrases by kind; a phrase is said to be found if its score is at least "
            + Printed.score(table.threshold()),
        List.of(
            Cell.of("absent phrases"),
            Cell.of("phrases"),
            Cell.of("AUROC"),
            INTERVAL,
            Cell.of("said found, %"),
            INTERVAL),
        Stream.concat(table.rows().stream().map(Table::row), Stream.of(own)).toList());
  }

  private static Row row(AbsenceTable.Row row) {
    return Row.of(
        row.name(),
        Cell.of(Printed.count(row.phrases())),
        Cell.main(Printed.score(row.auroc())),
        Cell.quiet(
            Printed.score(row.aurocInterval().low())
                + " – "
                + Printed.score(row.aurocInterval().high())),
        Cell.main(Printed.percent(row.found().value())),
        Cell.quiet(Printed.percent(row.found().interval())));
  }

  /** Returns precision, recall and F1 of several ways to count. */
  static Table ofRatios(String title, String of, Row... ratios) {
    return new Table(title, columns(of, "precision", "recall", "F1"), Arrays.asList(ratios));
  }

  /** Returns a row of {@link #ofRatios}. */
  static Row ratio(String name, ConfusionMatrix matrix) {
    return Row.of(
        name,
        Cell.of(Printed.score(matrix.precision())),
        Cell.of(Printed.score(matrix.recall())),
        Cell.main(Printed.score(matrix.f1())));
  }
}
