package io.deixis.evaluation.report;

import io.deixis.metrics.AbsenceTable;
import io.deixis.metrics.GroundingScore;
import io.deixis.metrics.Interval;
import io.deixis.metrics.RecallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Metrics as lines of a monospaced text, shares in percent, as commands print them. */
public final class PlainText {

  private static final int TYPE_WIDTH = 14;
  private static final int GROUP_WIDTH = 30;

  private PlainText() {}

  /** Returns how well a system grounds the phrases of a split. */
  public static String of(GroundingScore score) {
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "%,d phrases in %,d sentences of %,d images; a hit has IoU >= %s%n",
            score.anyBox().all().phrases(),
            score.sentences(),
            score.images(),
            score.anyBox().iouThreshold()));
    if (score.unanswered() > 0) {
      text.append(format("%,d phrases have no prediction%n", score.unanswered()));
    }
    if (score.unused() > 0) {
      text.append(format("%,d predictions are of no use here%n", score.unused()));
    }
    return text.append(System.lineSeparator())
        .append(of(score.anyBox()))
        .append(System.lineSeparator())
        .append(of(score.mergedBoxes()))
        .toString();
  }

  /** Returns the recalls; no upper bound is among them. */
  public static String of(RecallTable table) {
    StringBuilder heading = new StringBuilder(format("%8s", "phrases"));
    table.ks().forEach(k -> heading.append(format("%8s", "R@" + k)));
    heading.append(format("   R@%d, 95 %%", table.ks().get(0)));
    return recalls(table, heading.toString(), PlainText::recalls);
  }

  private static String recalls(RecallTable.Row row) {
    StringBuilder text = new StringBuilder();
    row.atK().forEach(recall -> text.append(format("%8.2f", 100 * recall.value())));
    Interval interval = row.atK().get(0).interval();
    return text.append(format("   %4.1f to %4.1f", 100 * interval.low(), 100 * interval.high()))
        .toString();
  }

  /** Returns the upper bounds of recalls. */
  public static String ofBounds(RecallTable table) {
    return recalls(
        table,
        format("%8s%14s", "phrases", "upper bound"),
        row -> format("%14.2f", 100 * row.upperBound().value()));
  }

  private static String recalls(
      RecallTable table, String heading, Function<RecallTable.Row, String> columns) {
    List<RecallTable.Row> rows =
        Stream.concat(Stream.of(table.all()), table.types().stream()).toList();
    int width =
        1 + rows.stream().mapToInt(row -> row.name().length()).reduce(TYPE_WIDTH - 1, Math::max);
    String line = "%-" + width + "s%s%n";
    StringBuilder text = new StringBuilder(format(line, table.protocol().title(), heading));
    rows.forEach(
        row ->
            text.append(
                format(line, row.name(), format("%,8d", row.phrases()) + columns.apply(row))));
    return text.toString();
  }

  /**
   * Returns how well absent phrases are recognised, as a table in Markdown with aligned columns.
   */
  public static String of(AbsenceTable table) {
    EvaluationPage.AbsentPhrases absent = EvaluationPage.AbsentPhrases.of(table);
    List<Table.Row> rows = absent.table().rows();
    int width = rows.stream().mapToInt(row -> row.name().length()).reduce(GROUP_WIDTH, Math::max);
    String line = "| %-" + width + "s | %7s | %5s | %14s | %13s | %12s |%n";
    StringBuilder text = new StringBuilder(format(line, texts(absent.table().columns())));
    text.append(format(line, "---", "---:", "---:", "---", "---:", "---"));
    for (Table.Row row : rows) {
      List<Table.Cell> cells = new ArrayList<>(List.of(Table.Cell.of(row.name())));
      cells.addAll(row.cells());
      text.append(format(line, texts(cells)));
    }
    text.append(format("%nA phrase is said to be found from score %.3f.%n", table.threshold()));
    if (absent.bothSexes() != null) {
      text.append(ascii(absent.bothSexes())).append(System.lineSeparator());
    }
    return text.toString();
  }

  private static Object[] texts(List<Table.Cell> cells) {
    return cells.stream().map(cell -> ascii(cell.text())).toArray();
  }

  /** Returns a text as every terminal shows it. */
  private static String ascii(String text) {
    return text.replace(" – ", " to ");
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
