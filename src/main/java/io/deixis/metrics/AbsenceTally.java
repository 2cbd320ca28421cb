package io.deixis.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the scores of phrases that images show with those of groups of phrases that they do not
 * show. The area under the ROC curve is taken over all images together, and its interval by drawing
 * images.
 *
 * <p>Not thread-safe.
 */
public final class AbsenceTally {

  private final double threshold;
  private final Map<String, Integer> images = new HashMap<>();
  private final List<Score> present = new ArrayList<>();
  private final Map<String, List<Score>> groups = new LinkedHashMap<>();

  private record Score(int image, double value) {}

  /**
   * Starts a tally.
   *
   * @param threshold the calibrated score from which a phrase is said to be found
   */
  public AbsenceTally(double threshold) {
    this.threshold = threshold;
  }

  /** Takes in a phrase that an image shows, by its calibrated score. */
  public void present(String image, double score) {
    present.add(score(image, score));
  }

  /** Takes in a phrase of a group that an image does not show, by its calibrated score. */
  public void absent(String group, String image, double score) {
    groups.computeIfAbsent(group, name -> new ArrayList<>()).add(score(image, score));
  }

  private Score score(String image, double score) {
    return new Score(images.computeIfAbsent(image, id -> images.size()), score);
  }

  /**
   * Returns the table of all phrases so far, its rows in the order in which the groups came.
   *
   * @param bothSexes see {@link AbsenceTable#bothSexes}
   * @param seed of the intervals
   */
  public AbsenceTable compute(RecallTable.Recall bothSexes, long seed) {
    List<AbsenceTable.Row> rows = new ArrayList<>();
    groups.forEach(
        (name, absent) -> {
          if (!present.isEmpty()) {
            Auroc auroc = new Auroc();
            present.forEach(score -> auroc.update(score.image, score.value, true));
            absent.forEach(score -> auroc.update(score.image, score.value, false));
            rows.add(
                new AbsenceTable.Row(
                    name,
                    absent.size(),
                    auroc.compute(),
                    ClusterBootstrap.interval(images.size(), auroc::of, seed),
                    found(absent, seed)));
          }
        });
    return new AbsenceTable(threshold, found(present, seed), rows, bothSexes);
  }

  private RecallTable.Recall found(List<Score> scores, long seed) {
    ShareByImage share = new ShareByImage();
    scores.forEach(score -> share.update(score.image, score.value >= threshold));
    return share.compute(seed);
  }
}
