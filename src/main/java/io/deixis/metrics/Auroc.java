package io.deixis.metrics;

/**
 * Area under the receiver operating characteristic: the chance that a positive case scores higher
 * than a negative one, where a tie counts half (Hanley and McNeil, "The meaning and use of the area
 * under a receiver operating characteristic (ROC) curve", 1982).
 *
 * <p>Not thread-safe.
 */
public final class Auroc {

  private static final int[] ONCE = {1};

  private final RocArea area = new RocArea();

  /**
   * Takes in one case.
   *
   * @param score its score, finite
   * @param positive its label
   */
  public void update(double score, boolean positive) {
    area.update(0, score, positive);
  }

  /**
   * Returns the area, in [0, 1].
   *
   * @throws IllegalStateException if there is no positive or no negative case
   */
  public double compute() {
    double value = area.of(ONCE);
    if (Double.isNaN(value)) {
      throw new IllegalStateException("AUROC needs positive and negative cases.");
    }
    return value;
  }
}
