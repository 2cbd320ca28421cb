package io.deixis.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Decisions against labels. A share whose denominator is zero is 0.
 *
 * @param truePositives accepted and right
 * @param falsePositives accepted and wrong
 * @param falseNegatives rejected and wrong
 * @param trueNegatives rejected and right
 */
@JsonPropertyOrder({
  "truePositives",
  "falsePositives",
  "falseNegatives",
  "trueNegatives",
  "precision",
  "recall",
  "f1",
  "accuracy"
})
public record ConfusionMatrix(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

  /** Returns the share of what was accepted that is right, in [0, 1]. */
  @JsonProperty(access = Access.READ_ONLY)
  public double precision() {
    return share(truePositives, truePositives + falsePositives);
  }

  /** Returns the share of the positives that was accepted, in [0, 1]. */
  @JsonProperty(access = Access.READ_ONLY)
  public double recall() {
    return share(truePositives, truePositives + falseNegatives);
  }

  /** Returns the harmonic mean of precision and recall, in [0, 1]. */
  @JsonProperty(access = Access.READ_ONLY)
  public double f1() {
    return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }

  /** Returns the share of right decisions, in [0, 1]. */
  @JsonProperty(access = Access.READ_ONLY)
  public double accuracy() {
    return share(truePositives + trueNegatives, total());
  }

  /**
   * Returns the decisions with the negatives weighted such that there are as many as positives,
   * rounded to whole cases; this one if there is no negative.
   */
  public ConfusionMatrix balanced() {
    long positives = truePositives + falseNegatives;
    long negatives = falsePositives + trueNegatives;
    if (negatives == 0) {
      return this;
    }
    long accepted = Math.round((double) falsePositives * positives / negatives);
    return new ConfusionMatrix(truePositives, accepted, falseNegatives, positives - accepted);
  }

  /** Returns how many cases there are. */
  public long total() {
    return truePositives + falsePositives + falseNegatives + trueNegatives;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
