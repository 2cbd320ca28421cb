package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.matching.MatcherType;
import io.deixis.training.checkpoint.Checkpoint;
import io.deixis.training.optimisation.AdamW;
import io.deixis.training.optimisation.EarlyStop;
import io.deixis.training.optimisation.MovingAverage;
import io.deixis.training.optimisation.TrainedWeights;
import java.util.LinkedHashMap;
import java.util.Map;

/** What changes while a head is trained, and goes into its checkpoints. */
final class HeadState {

  private static final String BEST = "best";
  private static final float MAX_NORM = 5;
  private static final float AVERAGE_DECAY = 0.99f;

  private final Map<String, NDArray> weights;
  private final MovingAverage average;
  private final EarlyStop earlyStop;
  private final MatcherType type;
  private TrainedWeights trained;

  /**
   * Draws initial weights.
   *
   * @param manager owns them
   * @param type of the matcher
   * @param pieces rows of the word piece embedding
   * @param patience of the early stop
   * @param averages how many times the average will be updated
   */
  HeadState(NDManager manager, MatcherType type, int pieces, int patience, int averages) {
    this.type = type;
    weights = initial(manager, type, pieces);
    average = new MovingAverage(weights, MovingAverage.decay(AVERAGE_DECAY, averages));
    earlyStop = new EarlyStop(patience);
    restartOptimiser();
  }

  Map<String, NDArray> weights() {
    return weights;
  }

  MovingAverage average() {
    return average;
  }

  EarlyStop earlyStop() {
    return earlyStop;
  }

  AdamW optimiser() {
    return trained.optimiser();
  }

  /** Forgets the optimiser's moments. */
  void restartOptimiser() {
    AdamW optimiser = new AdamW(MAX_NORM);
    HeadOptimiser.add(optimiser, type, weights);
    trained = new TrainedWeights(weights, optimiser, average);
  }

  /** Returns the state before a batch. */
  Checkpoint checkpoint(int epoch, int batch) {
    return trained.checkpoint(
        epoch, batch, Map.of(BEST, earlyStop.bestWeights()), earlyStop.notes());
  }

  /** Takes the state of a checkpoint. */
  void restore(Checkpoint checkpoint) {
    trained.restore(checkpoint);
    earlyStop.restore(checkpoint.notes(), checkpoint.tensors().getOrDefault(BEST, Map.of()));
  }

  private static Map<String, NDArray> initial(NDManager manager, MatcherType type, int pieces) {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    type.shapes(pieces)
        .forEach(
            (name, shape) -> {
              NDArray weight = type.initial(manager, name, shape);
              weight.setRequiresGradient(true);
              weights.put(name, weight);
            });
    return weights;
  }
}
