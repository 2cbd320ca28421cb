package io.deixis.training.proposals;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.backbone.ImageTensor;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.runlog.TrainingException;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.checkpoint.Checkpoint;
import io.deixis.training.checkpoint.Checkpoints;
import io.deixis.training.images.ImagePrefetch;
import io.deixis.training.optimisation.CosineSchedule;
import io.deixis.training.optimisation.Draws;
import io.deixis.training.optimisation.NonFiniteGradientException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Fine-tunes backbone, encoder and proposals on the boxes of a data set. */
public final class ProposalTraining {

  /** The stage's name. */
  public static final String STAGE = "proposals";

  private static final int WARM_UP = 50;

  private final GroundingDataset data;
  private final BackboneSpec spec;
  private final ProposalSettings settings;
  private final TrainingListener listener;
  private final Draws draws;

  /**
   * Prepares a training.
   *
   * @param data what to train on
   * @param spec what the graph takes and gives
   * @param settings how
   * @param listener told how it goes
   */
  public ProposalTraining(
      GroundingDataset data,
      BackboneSpec spec,
      ProposalSettings settings,
      TrainingListener listener) {
    this.data = data;
    this.spec = spec;
    this.settings = settings;
    this.listener = listener;
    this.draws = new Draws(settings.seed());
  }

  /**
   * Trains from a graph's weights and writes the graph with the new ones. One that is stopped at
   * any moment and gone on with from its checkpoint ends with the same weights.
   *
   * @param start a TorchScript graph to start from
   * @param device where to train
   * @param ids the training images
   * @param checkpoints read once, written within epochs and after each
   * @param target file to write
   * @throws TrainingException if an image is missing, the loss is no longer a finite number, or the
   *     checkpoint is of another training
   */
  public void run(
      Path start, Device device, List<String> ids, Checkpoints checkpoints, Path target) {
    TorchEngine.start(0).seed((int) settings.seed());
    try (VisualBackbone backbone = VisualBackbone.load(spec, start, device, true)) {
      int stepsPerEpoch = (ids.size() + settings.batchSize() - 1) / settings.batchSize();
      int total = stepsPerEpoch * settings.epochs();
      ProposalState state = new ProposalState(backbone, settings.backboneScale(), total);
      ProposalLoss loss = new ProposalLoss(state.mapEntities());
      CosineSchedule schedule =
          new CosineSchedule(settings.learningRate(), Math.min(WARM_UP, total / 4 + 1), total);
      Optional<Checkpoint> latest = checkpoints.latest();
      latest.ifPresent(state::restore);
      int epoch = latest.map(Checkpoint::epoch).orElse(0);
      int first = latest.map(Checkpoint::batch).orElse(0);
      listener.onStart(
          new TrainingListener.Start(
              STAGE, (long) epoch * stepsPerEpoch + first, List.of("box", "entity", "map")));
      for (; epoch < settings.epochs(); epoch++, first = 0) {
        List<String> order = new ArrayList<>(ids);
        Collections.shuffle(order, draws.ofEpoch(epoch));
        int from = first * settings.batchSize();
        try (ImagePrefetch images = new ImagePrefetch(data, order.subList(from, order.size()))) {
          for (int batch = first; batch < stepsPerEpoch; batch++, from += settings.batchSize()) {
            long began = System.nanoTime();
            int step = epoch * stepsPerEpoch + batch;
            float rate = schedule.at(step);
            List<String> names =
                order.subList(from, Math.min(order.size(), from + settings.batchSize()));
            Map<String, Float> figures =
                step(backbone, loss, state, rate, names, images, draws.ofBatch(epoch, batch));
            state.average().update();
            listener.onTrainingStep(
                new TrainingListener.Step(
                    STAGE,
                    epoch + 1,
                    step + 1L,
                    total,
                    figures,
                    names.size(),
                    0,
                    (System.nanoTime() - began) / 1e9));
            boolean ended = batch + 1 == stepsPerEpoch;
            if (ended || checkpoints.dueAfter(step + 1)) {
              checkpoints.save(
                  ended ? state.checkpoint(epoch + 1, 0) : state.checkpoint(epoch, batch + 1));
            }
          }
        }
      }
      GraphArchive.write(spec, start, device, state.average().values(), target);
    }
  }

  private Map<String, Float> step(
      VisualBackbone backbone,
      ProposalLoss loss,
      ProposalState state,
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
        EntityTargets truth = EntityTargets.of(data.read(id), spec.entityTypes());
        NDArray tensor = ImageTensor.of(backbone.manager(), image, spec.input());
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
      figures.put("learning rate", learningRate);
      figures.put("gradient", state.optimiser().step(learningRate));
      return figures;
    } catch (NonFiniteGradientException e) {
      throw new TrainingException(
          TrainingException.Reason.DIVERGED,
          "The loss is not a finite number on the images " + batch + "; look at their annotations.",
          e);
    }
  }
}
