package io.deixis.training.proposals;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.deixis.dataset.Flickr30kEntities;
import io.deixis.engine.TorchEngine;
import io.deixis.engine.backbone.Backbone;
import io.deixis.engine.backbone.ImageTensor;
import io.deixis.engine.image.UprightImage;
import io.deixis.training.ImagePrefetch;
import io.deixis.training.TrainingException;
import io.deixis.training.TrainingListener;
import io.deixis.training.optimisation.AdamW;
import io.deixis.training.optimisation.CosineSchedule;
import io.deixis.training.optimisation.MovingAverage;
import io.deixis.training.optimisation.NonFiniteGradientException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Fine-tunes backbone, encoder and proposals on the boxes of a data set. */
public final class ProposalTraining {

  /** Constants of the graph that are stored like weights. */
  private static final List<String> CONSTANTS =
      List.of("Expand_output_0", "Mul_2371", "Identity_1215", "model_encoder_Constant_output_0");

  private static final float WEIGHT_DECAY = 1e-4f;
  private static final float MAX_NORM = 1f;
  private static final float AVERAGE_DECAY = 0.98f;
  private static final int WARM_UP = 50;

  private final Flickr30kEntities data;
  private final ProposalSettings settings;
  private final TrainingListener listener;

  /** Prepares a training on {@code data}. */
  public ProposalTraining(
      Flickr30kEntities data, ProposalSettings settings, TrainingListener listener) {
    this.data = data;
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Trains from a graph's weights and writes the graph with the new ones.
   *
   * @param start a TorchScript graph to start from
   * @param device where to train
   * @param ids the training images
   * @param target file to write
   * @throws TrainingException if an image is missing or the loss is no longer a finite number
   */
  public void run(Path start, Device device, List<String> ids, Path target) {
    TorchEngine.start(0).seed((int) settings.seed());
    try (Backbone backbone = Backbone.load(start, device, true)) {
      Map<String, NDArray> tuned = new LinkedHashMap<>();
      Map<String, NDArray> slow = new LinkedHashMap<>();
      Map<String, NDArray> fast = new LinkedHashMap<>();
      backbone
          .weights()
          .forEach(
              (name, weight) -> {
                if (CONSTANTS.stream().noneMatch(name::contains)) {
                  tuned.put(name, weight);
                  (name.startsWith("b.") ? slow : fast).put(name, weight);
                }
              });
      MapEntities mapEntities = new MapEntities(backbone.manager());
      AdamW optimiser = new AdamW(MAX_NORM);
      optimiser.add(fast, 1, WEIGHT_DECAY);
      optimiser.add(slow, settings.backboneScale(), WEIGHT_DECAY);
      optimiser.add(mapEntities.weights(), 10, 0);
      MovingAverage average = new MovingAverage(tuned, AVERAGE_DECAY);
      ProposalLoss loss = new ProposalLoss(mapEntities);

      int stepsPerEpoch = (ids.size() + settings.batchSize() - 1) / settings.batchSize();
      int total = stepsPerEpoch * settings.epochs();
      CosineSchedule schedule =
          new CosineSchedule(settings.learningRate(), Math.min(WARM_UP, total / 4 + 1), total);
      Random random = new Random(settings.seed());
      int step = 0;
      for (int epoch = 0; epoch < settings.epochs(); epoch++) {
        List<String> order = new ArrayList<>(ids);
        Collections.shuffle(order, random);
        try (ImagePrefetch images = new ImagePrefetch(data, order)) {
          for (int from = 0; from < order.size(); from += settings.batchSize()) {
            List<String> batch =
                order.subList(from, Math.min(order.size(), from + settings.batchSize()));
            Map<String, Float> figures =
                step(backbone, loss, optimiser, schedule.at(step), batch, images, random);
            average.update();
            step++;
            listener.onStep(new TrainingListener.Progress("proposals", step, total, figures));
          }
        }
      }
      GraphArchive.write(start, device, average.values(), target);
    }
  }

  private Map<String, Float> step(
      Backbone backbone,
      ProposalLoss loss,
      AdamW optimiser,
      float learningRate,
      List<String> batch,
      ImagePrefetch images,
      Random random) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<EntityTargets> targets = new ArrayList<>();
      NDList pixels = new NDList();
      for (String id : batch) {
        UprightImage image = images.next();
        EntityTargets truth = EntityTargets.of(data.read(id));
        NDArray tensor = ImageTensor.of(backbone.manager(), image);
        boolean mirror = random.nextBoolean();
        targets.add(mirror ? truth.mirrored() : truth);
        pixels.add(mirror ? tensor.flip(3) : tensor);
      }
      Map<String, Float> figures;
      try (GradientCollector collector =
          Engine.getEngine(TorchEngine.NAME).newGradientCollector()) {
        ProposalLoss.Parts parts =
            loss.of(backbone.forward(NDArrays.concat(pixels, 0), true), targets);
        collector.backward(parts.total());
        figures = new LinkedHashMap<>(parts.values());
      }
      figures.put("gradient", optimiser.step(learningRate));
      return figures;
    } catch (NonFiniteGradientException e) {
      throw new TrainingException(
          "The loss is not a finite number on the images "
              + batch
              + "; look at their annotations, or train with a lower learning rate.",
          e);
    }
  }
}
