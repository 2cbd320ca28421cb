package io.deixis.metrics;

import java.util.List;
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
}
