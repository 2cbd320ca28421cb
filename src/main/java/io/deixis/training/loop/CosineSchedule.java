package io.deixis.training.loop;

/**
 * A learning rate that warms up linearly and then falls along half a cosine to zero.
 *
 * @param peak the highest rate
 * @param warmUp steps until it is reached
 * @param total steps of the whole training
 */
public record CosineSchedule(float peak, int warmUp, int total) {

  /** Returns the rate of a step, counted from 0. */
  public float at(int step) {
    if (step < warmUp) {
      return peak * (step + 1) / warmUp;
    }
    double done = (double) (step - warmUp) / Math.max(1, total - warmUp);
    return (float) (peak * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done))));
  }
}
