package io.deixis.metrics;

/**
 * Turns a logit into a probability that can be taken at its word: {@code sigmoid(scale * logit +
 * bias)}. The scale is the inverse of the temperature (Platt, "Probabilistic Outputs for Support
 * Vector Machines", 1999; Guo et al., "On Calibration of Modern Neural Networks", 2017).
 *
 * @param scale factor of the logit
 * @param bias added to the scaled logit
 */
public record Calibration(double scale, double bias) {

  /** Leaves a logit's own probability as it is. */
  public static final Calibration IDENTITY = new Calibration(1, 0);

  /** Returns the probability for a logit, in [0, 1]. */
  public double probability(double logit) {
    return 1 / (1 + Math.exp(-(scale * logit + bias)));
  }

  /**
   * Returns the logit that has a probability.
   *
   * @param probability in (0, 1)
   */
  public double logit(double probability) {
    return (Math.log(probability / (1 - probability)) - bias) / scale;
  }
}
