package io.deixis.metrics;

/**
 * Area under the receiver operating characteristic: the chance that a positive case scores higher
 * than a negative one, where a tie counts half (Hanley and McNeil, "The meaning and use of the area
 * under a receiver operating characteristic (ROC) curve", 1982).
 *
 * <p>Not thread-safe.
 */
public final class Auroc {

  private final LabelledScores scores = new LabelledScores();

  /**
   * Takes in one case.
   *
   * @param score its score, finite
   * @param positive its label
   */
  public void update(double score, boolean positive) {
    scores.add(score, positive);
  }

  /**
   * Returns the area, in [0, 1].
   *
   * @throws IllegalStateException if there is no positive or no negative case
   */
  public double compute() {
    double[] positives = scores.positives();
    double[] negatives = scores.negatives();
    if (positives.length == 0 || negatives.length == 0) {
      throw new IllegalStateException("AUROC needs positive and negative cases.");
    }
    double wins = 0;
    int below = 0;
    int notAbove = 0;
    for (double positive : positives) {
      while (below < negatives.length && negatives[below] < positive) {
        below++;
      }
      while (notAbove < negatives.length && negatives[notAbove] <= positive) {
        notAbove++;
      }
      wins += below + 0.5 * (notAbove - below);
    }
    return wins / positives.length / negatives.length;
  }
}
