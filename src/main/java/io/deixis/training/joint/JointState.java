package io.deixis.training.joint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.region.Projection;
import io.deixis.training.checkpoint.Checkpoint;
import io.deixis.training.features.PrincipalComponents;
import io.deixis.training.matching.HeadOptimiser;
import io.deixis.training.optimisation.AdamW;
import io.deixis.training.optimisation.MovingAverage;
import io.deixis.training.optimisation.TrainedWeights;
import io.deixis.training.proposals.BackboneWeights;
import java.util.LinkedHashMap;
import java.util.Map;

/** What changes while all parts are trained together, and goes into the checkpoints. */
final class JointState {

  private static final float BACKBONE_DECAY = 1e-4f;
  private static final float PROJECTION_SCALE = 0.1f;
  private static final float MAX_NORM = 5;
  private static final float AVERAGE_DECAY = 0.99f;

  private final Map<String, NDArray> head = new LinkedHashMap<>();
  private final Projection projection;
  private final TrainedWeights trained;

  /**
   * Starts from weights trained before.
   *
   * @param manager owns the weights of head and projection
   * @param architecture the parts of the model
   * @param backbone trainable
   * @param start the head's weights by name
   * @param pieces rows of the word piece embedding
   * @param fit the projection
   * @param settings the shares of the learning rate
   * @param averages how many times the average will be updated
   */
  JointState(
      NDManager manager,
      Architecture architecture,
      VisualBackbone backbone,
      Map<String, float[]> start,
      int pieces,
      PrincipalComponents.Fit fit,
      JointSettings settings,
      int averages) {
    MatcherType type = architecture.matcherType();
    type.shapes(pieces)
        .forEach((name, shape) -> head.put(name, trainable(manager, start.get(name), shape)));
    NDArray basis =
        trainable(
            manager,
            fit.basis(),
            new Shape(fit.mean().length, fit.basis().length / fit.mean().length));
    projection = new Projection(manager.create(fit.mean()), basis);

    BackboneWeights ofBackbone = BackboneWeights.of(backbone);
    AdamW optimiser = new AdamW(MAX_NORM);
    optimiser.add(ofBackbone.decoder(), settings.decoderScale(), BACKBONE_DECAY);
    optimiser.add(ofBackbone.backbone(), settings.backboneScale(), BACKBONE_DECAY);
    optimiser.add(Map.of(ModelBundle.PROJECTION_BASIS, basis), PROJECTION_SCALE, 0);
    HeadOptimiser.add(optimiser, type, head);

    Map<String, NDArray> weights = new LinkedHashMap<>();
    weights.putAll(ofBackbone.decoder());
    weights.putAll(ofBackbone.backbone());
    weights.put(ModelBundle.PROJECTION_BASIS, basis);
    weights.putAll(head);
    trained =
        new TrainedWeights(
            weights,
            optimiser,
            new MovingAverage(weights, MovingAverage.decay(AVERAGE_DECAY, averages)));
  }

  private static NDArray trainable(NDManager manager, float[] values, Shape shape) {
    NDArray weight = manager.create(values, shape);
    weight.setRequiresGradient(true);
    return weight;
  }

  Map<String, NDArray> head() {
    return head;
  }

  Projection projection() {
    return projection;
  }

  AdamW optimiser() {
    return trained.optimiser();
  }

  /** Returns the average of all weights: of backbone, projection and head. */
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
