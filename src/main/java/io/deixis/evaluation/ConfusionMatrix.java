package io.deixis.evaluation;

/**
 * Decisions against labels. A share whose denominator is zero is 0.
 *
 * @param truePositives accepted and right
 * @param falsePositives accepted and wrong
 * @param falseNegatives rejected and wrong
 * @param trueNegatives rejected and right
 */
public record ConfusionMatrix(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

  /** Returns the share of what was accepted that is right, in [0, 1]. */
  public double precision() {
    return share(truePositives, truePositives + falsePositives);
  }

  /** Returns the share of the positives that was accepted, in [0, 1]. */
  public double recall() {
    return share(truePositives, truePositives + falseNegatives);
  }

  /** Returns the harmonic mean of precision and recall, in [0, 1]. */
  public double f1() {
    return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }

  /** Returns the share of right decisions, in [0, 1]. */
  public double accuracy() {
    return share(truePositives + trueNegatives, total());
  }

  /** Returns how many cases there are. */
  public long total() {
    return truePositives + falsePositives + falseNegatives + trueNegatives;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
