package io.deixis.training.proposals;

import ai.djl.ndarray.NDArray;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.training.checkpoint.Checkpoint;
import io.deixis.training.optimisation.AdamW;
import io.deixis.training.optimisation.MovingAverage;
import io.deixis.training.optimisation.TrainedWeights;
import java.util.LinkedHashMap;
import java.util.Map;

/** What changes while proposals and backbone are fine-tuned, and goes into their checkpoints. */
final class ProposalState {

  private static final float WEIGHT_DECAY = 1e-4f;
  private static final float MAX_NORM = 1f;
  private static final float AVERAGE_DECAY = 0.98f;

  private final MapEntities mapEntities;
  private final TrainedWeights trained;

  /**
   * Starts from a graph's weights.
   *
   * @param backbone the graph, trainable
   * @param backboneScale share of the learning rate given to backbone and map encoder
   * @param steps how many steps there will be
   */
  ProposalState(VisualBackbone backbone, float backboneScale, int steps) {
    BackboneWeights ofGraph = BackboneWeights.of(backbone);
    Map<String, NDArray> tuned = new LinkedHashMap<>(ofGraph.decoder());
    tuned.putAll(ofGraph.backbone());
    mapEntities = new MapEntities(backbone.manager(), backbone.spec());
    AdamW optimiser = new AdamW(MAX_NORM);
    optimiser.add(ofGraph.decoder(), 1, WEIGHT_DECAY);
    optimiser.add(ofGraph.backbone(), backboneScale, WEIGHT_DECAY);
    optimiser.add(mapEntities.weights(), 10, 0);
    Map<String, NDArray> weights = new LinkedHashMap<>(tuned);
    weights.putAll(mapEntities.weights());
    trained =
        new TrainedWeights(
            weights,
            optimiser,
            new MovingAverage(tuned, MovingAverage.decay(AVERAGE_DECAY, steps)));
  }

  MapEntities mapEntities() {
    return mapEntities;
  }

  AdamW optimiser() {
    return trained.optimiser();
  }

  MovingAverage average() {
    return trained.average();
  }

  /** Returns the state before a batch. */
  Checkpoint checkpoint(int epoch, int batch) {
    return trained.checkpoint(epoch, batch);
  }

  /** Takes the state of a checkpoint. */
  void restore(Checkpoint checkpoint) {
    trained.restore(checkpoint);
  }
}
