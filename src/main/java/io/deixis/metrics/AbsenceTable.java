package io.deixis.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How well phrases that an image does not show are told from those that it shows, group by group.
 *
 * @param threshold the calibrated score from which a phrase is said to be found
 * @param present the share of the images' own phrases that are said to be found
 * @param rows the groups of absent phrases
 * @param bothSexes of phrases of a man, woman, boy or girl in images that show persons of the other
 *     sex too, the share whose first box is right; null if it was not asked for
 */
public record AbsenceTable(
    double threshold, RecallTable.Recall present, List<Row> rows, RecallTable.Recall bothSexes) {

  private static final int NAME_WIDTH = 30;

  /** Copies the rows. */
  public AbsenceTable {
    Objects.requireNonNull(present);
    rows = List.copyOf(rows);
  }

  /**
   * A group of absent phrases.
   *
   * @param name what is absent
   * @param phrases how many
   * @param auroc the chance that a phrase of the images themselves scores higher than one of the
   *     group, in [0, 1]
   * @param aurocInterval its 95 % confidence interval by bootstrap over images
   * @param found the share of the group that is wrongly said to be found
   */
  public record Row(
      String name, int phrases, double auroc, Interval aurocInterval, RecallTable.Recall found) {

    /** Refuses missing parts. */
    public Row {
      Objects.requireNonNull(name);
      Objects.requireNonNull(aurocInterval);
      Objects.requireNonNull(found);
    }
  }

  /** Returns the table in Markdown, its columns aligned; shares in percent. */
  public String text() {
    int width = rows.stream().mapToInt(row -> row.name().length()).reduce(NAME_WIDTH, Math::max);
    StringBuilder text = new StringBuilder();
    line(text, width, "absent phrases", "phrases", "AUROC", "95 %", "said found, %", "95 %");
    line(text, width, "---", "---:", "---:", "---", "---:", "---");
    rows.forEach(
        row ->
            line(
                text,
                width,
                row.name(),
                count(row.phrases()),
                area(row.auroc()),
                area(row.aurocInterval().low()) + " to " + area(row.aurocInterval().high()),
                percent(row.found().value()),
                percents(row.found().interval())));
    line(
        text,
        width,
        "the images' own phrases",
        count(present.phrases()),
        "",
        "",
        percent(present.value()),
        percents(present.interval()));
    text.append(
        String.format(Locale.ROOT, "%nA phrase is said to be found from score %.3f.%n", threshold));
    if (bothSexes != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "Man or woman where both are there: the first box is right for %s %% of %s phrases"
                  + " (95 %%: %s)%n",
              percent(bothSexes.value()),
              count(bothSexes.phrases()),
              percents(bothSexes.interval())));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, int width, String name, String... cells) {
    text.append(String.format(Locale.ROOT, "| %-" + width + "s ", name));
    int[] widths = {7, 5, 14, 13, 12};
    for (int i = 0; i < cells.length; i++) {
      text.append(String.format(Locale.ROOT, "| %" + widths[i] + "s ", cells[i]));
    }
    text.append("|").append(System.lineSeparator());
  }

  private static String count(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String area(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static String percents(Interval interval) {
    return percent(interval.low()) + " to " + percent(interval.high());
  }
}
