package io.deixis.training.loop;

import ai.djl.ndarray.NDArray;
import io.deixis.training.work.Checkpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What changes while a stage trains, and goes into its checkpoints. */
final class TrainerState {

  private static final String WEIGHTS = "weights";
  private static final String MEANS = "means";
  private static final String VARIANCES = "variances";
  private static final String AVERAGES = "averages";
  private static final String BEST = "best";

  private final List<WeightGroup> groups;
  private final Map<String, NDArray> weights = new LinkedHashMap<>();
  private final float maxNorm;
  private final MovingAverage average;
  private final EarlyStop earlyStop;
  private AdamW optimiser;

  /**
   * Starts from weights as they are.
   *
   * @param steps how many there will be
   */
  TrainerState(List<WeightGroup> groups, Plan plan, int patience, int steps) {
    this.groups = groups;
    this.maxNorm = plan.maxNorm();
    Map<String, NDArray> kept = new LinkedHashMap<>();
    for (WeightGroup group : groups) {
      weights.putAll(group.weights());
      if (group.kept()) {
        kept.putAll(group.weights());
      }
    }
    average =
        new MovingAverage(
            kept, MovingAverage.decay(plan.averageDecay(), steps / plan.stepsPerAverage()));
    earlyStop = new EarlyStop(patience);
    restartOptimiser();
  }

  AdamW optimiser() {
    return optimiser;
  }

  MovingAverage average() {
    return average;
  }

  EarlyStop earlyStop() {
    return earlyStop;
  }

  /** Forgets the optimiser's moments. */
  void restartOptimiser() {
    optimiser = new AdamW(maxNorm);
    groups.forEach(group -> optimiser.add(group.weights(), group.rate(), group.decay()));
  }

  /** Returns the weights that the stage leaves: the average, of the best epoch if one was found. */
  Map<String, float[]> result() {
    return earlyStop.bestWeights().isEmpty() ? average.values() : earlyStop.bestWeights();
  }

  /** Returns the state before a batch. */
  Checkpoint checkpoint(int epoch, int batch) {
    Map<String, Map<String, float[]>> tensors = new LinkedHashMap<>();
    tensors.put(WEIGHTS, Weights.values(weights));
    tensors.put(MEANS, optimiser.means());
    tensors.put(VARIANCES, optimiser.variances());
    tensors.put(AVERAGES, average.values());
    tensors.put(BEST, earlyStop.bestWeights());
    return new Checkpoint(epoch, batch, optimiser.steps(), tensors, earlyStop.notes());
  }

  /** Takes the state of a checkpoint. */
  void restore(Checkpoint checkpoint) {
    Map<String, Map<String, float[]>> tensors = checkpoint.tensors();
    Weights.restore(weights, tensors.get(WEIGHTS));
    average.restore(tensors.get(AVERAGES));
    optimiser.restore(checkpoint.optimiserSteps(), tensors.get(MEANS), tensors.get(VARIANCES));
    earlyStop.restore(checkpoint.notes(), tensors.getOrDefault(BEST, Map.of()));
  }
}
