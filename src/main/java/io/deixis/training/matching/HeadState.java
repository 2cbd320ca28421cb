package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.matching.HeadWeights;
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
  private TrainedWeights trained;

  /**
   * Draws initial weights.
   *
   * @param manager owns them
   * @param pieces rows of the word piece embedding
   * @param patience of the early stop
   * @param averages how many times the average will be updated
   */
  HeadState(NDManager manager, int pieces, int patience, int averages) {
    weights = initial(manager, pieces);
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
    HeadOptimiser.add(optimiser, weights);
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

  /** Draws initial weights: uniform in ±1/sqrt(inputs) for layers, as PyTorch does. */
  private static Map<String, NDArray> initial(NDManager manager, int pieces) {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    HeadWeights.shapes(pieces)
        .forEach(
            (name, shape) -> {
              NDArray weight = initial(manager, name, shape);
              weight.setRequiresGradient(true);
              weights.put(name, weight);
            });
    return weights;
  }

  private static NDArray initial(NDManager manager, String name, Shape shape) {
    if (name.equals(HeadWeights.PIECES)) {
      return manager.randomNormal(0, 0.3f, shape, DataType.FLOAT32);
    }
    if (name.equals(HeadWeights.TEMPERATURE) || name.endsWith("norm.weight")) {
      return manager.ones(shape);
    }
    if (name.equals(HeadWeights.BIAS)) {
      return manager.zeros(shape).sub(2);
    }
    boolean layer =
        name.endsWith(".weight") || name.startsWith("refine.") && !name.endsWith("bias");
    if (!layer) {
      return manager.zeros(shape);
    }
    // Layers are stored [out, in], the refinement's factors [in, out].
    long inputs = name.endsWith(".weight") ? shape.get(1) : shape.get(0);
    float bound = (float) (1 / Math.sqrt(inputs));
    return manager.randomUniform(-bound, bound, shape);
  }
}
