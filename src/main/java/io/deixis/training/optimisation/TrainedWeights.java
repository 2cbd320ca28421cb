package io.deixis.training.optimisation;

import ai.djl.ndarray.NDArray;
import io.deixis.training.checkpoint.Checkpoint;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights with what moves and averages them: the part that the checkpoints of all stages have in
 * common.
 *
 * @param weights all that change, by name; more than are averaged, if some are for training alone
 * @param optimiser moves them
 * @param average of those that are kept
 */
public record TrainedWeights(Map<String, NDArray> weights, AdamW optimiser, MovingAverage average) {

  private static final String WEIGHTS = "weights";
  private static final String MEANS = "means";
  private static final String VARIANCES = "variances";
  private static final String AVERAGES = "averages";

  /** Returns the state before a batch. */
  public Checkpoint checkpoint(int epoch, int batch) {
    return checkpoint(epoch, batch, Map.of(), Map.of());
  }

  /**
   * Returns the state before a batch.
   *
   * @param further numbers of the stage's own, by group and name
   * @param notes the stage's own, by name
   */
  public Checkpoint checkpoint(
      int epoch, int batch, Map<String, Map<String, float[]>> further, Map<String, String> notes) {
    Map<String, Map<String, float[]>> tensors = new LinkedHashMap<>();
    tensors.put(WEIGHTS, Weights.values(weights));
    tensors.put(MEANS, optimiser.means());
    tensors.put(VARIANCES, optimiser.variances());
    tensors.put(AVERAGES, average.values());
    tensors.putAll(further);
    return new Checkpoint(epoch, batch, optimiser.steps(), tensors, notes);
  }

  /** Takes the state of a checkpoint. */
  public void restore(Checkpoint checkpoint) {
    Map<String, Map<String, float[]>> tensors = checkpoint.tensors();
    Weights.restore(weights, tensors.get(WEIGHTS));
    average.restore(tensors.get(AVERAGES));
    optimiser.restore(checkpoint.optimiserSteps(), tensors.get(MEANS), tensors.get(VARIANCES));
  }
}
