package io.deixis.metrics;

import java.util.List;

/**
 * How the scores of right and of wrong boxes are distributed, in steps of one hundredth. Precision,
 * recall and F1 at any such threshold follow from it.
 *
 * @param right boxes that meet a truth box, by score
 * @param wrong boxes that meet none, by score
 */
public record ScoreDistribution(Histogram right, Histogram wrong) {

  /** How many steps cover [0, 1]. */
  public static final int STEPS = 100;

  /**
   * Checks the histograms.
   *
   * @throws IllegalArgumentException if one has not {@value #STEPS} bins
   */
  public ScoreDistribution {
    if (right.counts().size() != STEPS || wrong.counts().size() != STEPS) {
      throw new IllegalArgumentException(
          "A score distribution has %d bins, not %d and %d."
              .formatted(STEPS, right.counts().size(), wrong.counts().size()));
    }
  }

  /**
   * Counts boxes.
   *
   * @param cases the boxes
   * @param calibration from their logits to scores
   */
  static ScoreDistribution of(List<BoxCase> cases, Calibration calibration) {
    return new ScoreDistribution(
        Histogram.of(BoxCase.scores(cases, true, calibration), STEPS),
        Histogram.of(BoxCase.scores(cases, false, calibration), STEPS));
  }

  /**
   * Returns the decisions at a threshold.
   *
   * @param step the threshold in hundredths, 0 to {@value #STEPS}; a box with just that score is
   *     accepted
   */
  public ConfusionMatrix at(int step) {
    long rightRejected = below(right, step);
    long wrongRejected = below(wrong, step);
    return new ConfusionMatrix(
        total(right) - rightRejected, total(wrong) - wrongRejected, rightRejected, wrongRejected);
  }

  /** Returns the threshold of the best F1, in hundredths; of equal ones the highest. */
  public int bestStep() {
    int best = 0;
    double bestF1 = 0;
    for (int step = 0; step <= STEPS; step++) {
      double f1 = at(step).f1();
      if (f1 >= bestF1) {
        best = step;
        bestF1 = f1;
      }
    }
    return best;
  }

  private static long below(Histogram histogram, int step) {
    return histogram.counts().subList(0, step).stream().mapToLong(Long::longValue).sum();
  }

  private static long total(Histogram histogram) {
    return below(histogram, STEPS);
  }
}
