package io.deixis.training.optimisation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.LinkedHashMap;
import java.util.Map;

/** Exponential moving average of weights; what it holds generalises better than the last step. */
public final class MovingAverage {

  private final Map<String, NDArray> weights;
  private final Map<String, NDArray> averages = new LinkedHashMap<>();
  private final float decay;

  /** Starts from copies of the weights as they are now. */
  public MovingAverage(Map<String, NDArray> weights, float decay) {
    this.weights = Map.copyOf(weights);
    this.decay = decay;
    weights.forEach((name, weight) -> averages.put(name, weight.stopGradient().duplicate()));
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
