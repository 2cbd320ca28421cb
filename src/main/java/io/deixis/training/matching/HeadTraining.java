package io.deixis.training.matching;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.deixis.engine.matching.HeadWeights;
import io.deixis.engine.matching.MatchingHead;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.training.features.FeatureCache;
import io.deixis.training.monitor.TrainingException;
import io.deixis.training.monitor.TrainingListener;
import io.deixis.training.optimisation.AdamW;
import io.deixis.training.optimisation.CosineSchedule;
import io.deixis.training.optimisation.MovingAverage;
import io.deixis.training.optimisation.NonFiniteGradientException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/** Trains the matching head on cached features. */
public final class HeadTraining {

  private static final float WEIGHT_DECAY = 0.05f;
  private static final float MAX_NORM = 5;
  private static final int WARM_UP = 100;
  private static final int STEPS_PER_AVERAGE = 5;
  private static final float AVERAGE_DECAY = 0.99f;

  private final HeadSettings settings;
  private final FeatureCache cache;
  private final PhraseTable table;
  private final TrainingListener listener;

  /** Prepares a training. */
  public HeadTraining(
      HeadSettings settings, FeatureCache cache, PhraseTable table, TrainingListener listener) {
    this.settings = settings;
    this.cache = cache;
    this.table = table;
    this.listener = listener;
  }

  /**
   * Trains a head.
   *
   * @param views for each epoch's pass, one view of each image: epoch counted from 0 modulo the
   *     list's size
   * @param device where to train
   * @param afterEpoch told the averaged weights after each epoch (counted from 1)
   * @return the averaged weights by name
   * @throws TrainingException if the loss is no longer a finite number
   */
  public Map<String, float[]> run(
      List<List<TrainingImage>> views,
      Device device,
      BiConsumer<Integer, Map<String, float[]>> afterEpoch) {
    TorchEngine.start(0).seed(settings.seed());
    Random random = new Random(settings.seed());
    try (NDManager manager = NDManager.newBaseManager(device, TorchEngine.NAME)) {
      Map<String, NDArray> weights = initial(manager);
      HeadLoss loss = new HeadLoss(new MatchingHead(weights), settings.positiveWeight());
      MovingAverage average = new MovingAverage(weights, AVERAGE_DECAY);
      int stepsPerEpoch = (views.get(0).size() + settings.batchSize() - 1) / settings.batchSize();
      int total = settings.phases().stream().mapToInt(p -> p.epochs() * stepsPerEpoch).sum();
      int done = 0;
      int epoch = 0;
      for (HeadSettings.Phase phase : settings.phases()) {
        int phaseSteps = phase.epochs() * stepsPerEpoch;
        CosineSchedule schedule =
            new CosineSchedule(
                phase.learningRate(), Math.min(WARM_UP, phaseSteps / 4 + 1), phaseSteps);
        AdamW optimiser = optimiser(weights);
        int phaseStep = 0;
        for (int e = 0; e < phase.epochs(); e++) {
          List<TrainingImage> order = new ArrayList<>(views.get(epoch % views.size()));
          Collections.shuffle(order, random);
          for (int from = 0; from < order.size(); from += settings.batchSize()) {
            List<TrainingImage> batch =
                order.subList(from, Math.min(order.size(), from + settings.batchSize()));
            float rate = schedule.at(phaseStep++);
            Map<String, Float> figures = step(manager, loss, optimiser, rate, phase, batch, random);
            done++;
            if (done % STEPS_PER_AVERAGE == 0) {
              average.update();
            }
            listener.onStep(new TrainingListener.Progress("matching", done, total, figures));
          }
          epoch++;
          afterEpoch.accept(epoch, average.values());
        }
      }
      return average.values();
    }
  }

  private Map<String, Float> step(
      NDManager manager,
      HeadLoss loss,
      AdamW optimiser,
      float rate,
      HeadSettings.Phase phase,
      List<TrainingImage> images,
      Random random) {
    try (NDManager stepManager = manager.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      HeadBatch batch = HeadBatch.draw(stepManager, images, cache, table, settings, random);
      Map<String, Float> figures;
      try (GradientCollector collector =
          Engine.getEngine(TorchEngine.NAME).newGradientCollector()) {
        HeadLoss.Result result = loss.of(batch, phase.dropout(), phase.otherImages());
        collector.backward(result.total());
        figures = result.figures();
      }
      figures.put("gradient", optimiser.step(rate));
      return figures;
    } catch (NonFiniteGradientException e) {
      throw new TrainingException(
          "The loss is not a finite number on the images "
              + images.stream().map(TrainingImage::key).toList()
              + "; train with a lower learning rate.",
          e);
    }
  }

  private static AdamW optimiser(Map<String, NDArray> weights) {
    Map<String, NDArray> embedding = new LinkedHashMap<>(weights);
    embedding.keySet().retainAll(List.of(HeadWeights.PIECES));
    Map<String, NDArray> others = new LinkedHashMap<>(weights);
    others.remove(HeadWeights.PIECES);
    AdamW optimiser = new AdamW(MAX_NORM);
    optimiser.add(embedding, 1, 0);
    optimiser.add(others, 1, WEIGHT_DECAY);
    return optimiser;
  }

  /** Draws initial weights: uniform in ±1/sqrt(inputs) for layers, as PyTorch does. */
  private Map<String, NDArray> initial(NDManager manager) {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    HeadWeights.shapes(table.rows())
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
