package io.deixis.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.LinkedHashMap;
import java.util.Map;

/** Exponential moving average of weights; what it holds generalises better than the last step. */
public final class MovingAverage {

  /** After so many times 1 / (1 - decay) updates the start counts exp(-4), less than 2 %. */
  private static final double LEFT_BEHIND = 4;

  private final Map<String, NDArray> weights;
  private final Map<String, NDArray> averages = new LinkedHashMap<>();
  private final float decay;

  /** Starts from copies of the weights as they are now. */
  public MovingAverage(Map<String, NDArray> weights, float decay) {
    this.weights = Map.copyOf(weights);
    this.decay = decay;
    weights.forEach((name, weight) -> averages.put(name, weight.stopGradient().duplicate()));
  }

  /**
   * Returns a decay with which the average has left behind what it started from when it ends.
   *
   * @param most the decay of a long training
   * @param updates how many updates there will be; where they are few, the decay is less
   */
  public static float decay(float most, int updates) {
    return (float) Math.min(most, Math.max(0, 1 - LEFT_BEHIND / Math.max(1, updates)));
  }

  /** Takes the weights as they are now into the average. */
  public void update() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      averages.forEach(
          (name, average) ->
              average.muli(decay).addi(weights.get(name).stopGradient().mul(1 - decay)));
    }
  }

  /** Returns the averages by name, in the order of the weights. */
  public Map<String, float[]> values() {
    return Weights.values(averages);
  }

  /**
   * Overwrites the averages.
   *
   * @throws IllegalArgumentException if they are of other weights
   */
  public void restore(Map<String, float[]> values) {
    Weights.restore(averages, values);
  }
}
