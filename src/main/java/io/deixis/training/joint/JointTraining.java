package io.deixis.training.joint;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.region.Candidates;
import io.deixis.engine.region.RegionFeatures;
import io.deixis.engine.torch.Scalars;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.runlog.TrainingException;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.checkpoint.Checkpoint;
import io.deixis.training.checkpoint.Checkpoints;
import io.deixis.training.features.PrincipalComponents;
import io.deixis.training.images.ImagePrefetch;
import io.deixis.training.matching.CandidateRegions;
import io.deixis.training.matching.HeadBatch;
import io.deixis.training.matching.HeadLoss;
import io.deixis.training.matching.HeadSettings;
import io.deixis.training.matching.PhraseTable;
import io.deixis.training.matching.TrainingImage;
import io.deixis.training.optimisation.CosineSchedule;
import io.deixis.training.optimisation.Draws;
import io.deixis.training.optimisation.NonFiniteGradientException;
import io.deixis.training.proposals.EntityTargets;
import io.deixis.training.proposals.ProposalLoss;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Trains backbone, projection and matching head together, so that what phrases ask for reaches the
 * feature maps. Every image is shown differently in every epoch.
 */
public final class JointTraining {

  /** The stage's name. */
  public static final String STAGE = "joint";

  private static final int WARM_UP = 100;
  private static final int STEPS_PER_AVERAGE = 5;

  private final GroundingDataset data;
  private final Architecture architecture;
  private final JointSettings settings;
  private final HeadSettings headSettings;
  private final PhraseTable table;
  private final TrainingListener listener;
  private final Draws draws;

  /**
   * Prepares a training.
   *
   * @param data where the images are
   * @param architecture the parts of the model
   * @param settings of this stage
   * @param headSettings how phrases are drawn and weighted
   * @param table holds every phrase, as said and as said of a mirror
   * @param listener told how it goes
   */
  public JointTraining(
      GroundingDataset data,
      Architecture architecture,
      JointSettings settings,
      HeadSettings headSettings,
      PhraseTable table,
      TrainingListener listener) {
    this.data = data;
    this.architecture = architecture;
    this.settings = settings;
    this.headSettings = headSettings.withRelations(settings.relations());
    this.table = table;
    this.listener = listener;
    this.draws = new Draws(settings.seed());
  }

  /** Told of the averaged weights after each epoch. */
  public interface EpochEnd {

    /**
     * Takes an epoch's result.
     *
     * @param epoch counted from 1
     * @param steps taken so far
     * @param weights of backbone, projection and head, by name
     */
    void accept(int epoch, long steps, Map<String, float[]> weights);
  }

  /**
   * Trains, from the latest checkpoint if there is one. A training that is stopped at any moment
   * and gone on with ends with the same weights.
   *
   * @param backbone the graph, trainable; its weights are changed
   * @param head the head's weights to start from, by name
   * @param fit the projection to start from
   * @param images what to train on, each with at least one phrase
   * @param device where to train
   * @param checkpoints read once, written within epochs and after each
   * @param epochEnd told after each epoch
   * @return the averaged weights of backbone, projection and head, by name
   * @throws TrainingException if the loss is no longer a finite number, or the checkpoint is of
   *     another training
   */
  public Map<String, float[]> run(
      VisualBackbone backbone,
      Map<String, float[]> head,
      PrincipalComponents.Fit fit,
      List<TrainingImage> images,
      Device device,
      Checkpoints checkpoints,
      EpochEnd epochEnd) {
    TorchEngine engine = TorchEngine.start(0);
    int stepsPerEpoch = (images.size() + settings.batchSize() - 1) / settings.batchSize();
    int total = stepsPerEpoch * settings.epochs();
    try (NDManager manager = NDManager.newBaseManager(device, TorchEngine.NAME)) {
      JointState state =
          new JointState(
              manager,
              architecture,
              backbone,
              head,
              table.rows(),
              fit,
              settings,
              total / STEPS_PER_AVERAGE);
      HeadLoss loss =
          new HeadLoss(
              architecture.matcherType().create(state.head()), headSettings.positiveWeight());
      CosineSchedule schedule =
          new CosineSchedule(settings.learningRate(), Math.min(WARM_UP, total / 4 + 1), total);
      Optional<Checkpoint> latest = checkpoints.latest();
      latest.ifPresent(state::restore);
      int epoch = latest.map(Checkpoint::epoch).orElse(0);
      int first = latest.map(Checkpoint::batch).orElse(0);
      List<String> terms = new ArrayList<>(HeadLoss.TERMS);
      terms.add("proposals");
      listener.onStart(
          new TrainingListener.Start(STAGE, (long) epoch * stepsPerEpoch + first, terms));
      for (; epoch < settings.epochs(); epoch++, first = 0) {
        List<TrainingImage> order = new ArrayList<>(images);
        Collections.shuffle(order, draws.ofEpoch(epoch));
        int from = first * settings.batchSize();
        List<String> ids =
            order.subList(from, order.size()).stream().map(TrainingImage::key).toList();
        try (ImagePrefetch photos = new ImagePrefetch(data, ids)) {
          for (int batch = first; batch < stepsPerEpoch; batch++, from += settings.batchSize()) {
            long began = System.nanoTime();
            int step = epoch * stepsPerEpoch + batch;
            List<TrainingImage> shown =
                order.subList(from, Math.min(order.size(), from + settings.batchSize()));
            engine.seed(draws.engineSeed(epoch, batch));
            Map<String, Float> figures =
                step(
                    backbone,
                    state,
                    loss,
                    schedule.at(step),
                    shown,
                    photos,
                    draws.ofBatch(epoch, batch));
            if ((step + 1) % STEPS_PER_AVERAGE == 0) {
              state.average().update();
            }
            listener.onTrainingStep(
                new TrainingListener.Step(
                    STAGE,
                    epoch + 1,
                    step + 1L,
                    total,
                    figures,
                    shown.size(),
                    (long) shown.size()
                        * (headSettings.phrases() + headSettings.relations())
                        * settings.candidates(),
                    (System.nanoTime() - began) / 1e9));
            boolean ended = batch + 1 == stepsPerEpoch;
            if (ended || checkpoints.dueAfter(step + 1)) {
              checkpoints.save(
                  ended ? state.checkpoint(epoch + 1, 0) : state.checkpoint(epoch, batch + 1));
            }
          }
        }
        epochEnd.accept(epoch + 1, (epoch + 1L) * stepsPerEpoch, state.average().values());
      }
      return state.average().values();
    }
  }

  private Map<String, Float> step(
      VisualBackbone backbone,
      JointState state,
      HeadLoss loss,
      float learningRate,
      List<TrainingImage> images,
      ImagePrefetch photos,
      Random random) {
    try (NDManager manager = backbone.manager().newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<ShownImage> shown = new ArrayList<>();
      for (TrainingImage image : images) {
        AnnotatedImage annotated = data.read(image.key());
        shown.add(
            ShownImage.draw(
                manager,
                architecture.backbone().input(),
                photos.next(),
                image,
                EntityTargets.of(annotated, architecture.backbone().entityTypes()),
                random));
      }
      NDList pixels = new NDList(shown.stream().map(ShownImage::pixels).toList());
      Map<String, Float> figures;
      try (GradientCollector collector =
          Engine.getEngine(TorchEngine.NAME).newGradientCollector()) {
        BackboneOutput maps = backbone.forward(NDArrays.concat(pixels, 0), true);
        HeadBatch batch =
            HeadBatch.draw(
                manager,
                shown.stream().map(ShownImage::phrases).toList(),
                regions(maps, shown, state, random),
                table,
                headSettings,
                random);
        HeadLoss.Result phrases = loss.of(batch, settings.dropout(), true);
        ProposalLoss.Queries proposals =
            ProposalLoss.ofQueries(maps, shown.stream().map(ShownImage::entities).toList());
        NDArray ofQueries =
            proposals
                .box()
                .add(proposals.entity())
                .mul(Scalars.of(proposals.entity(), settings.proposalWeight()));
        NDArray total = phrases.total().add(ofQueries);
        collector.backward(total);
        figures = new LinkedHashMap<>(phrases.figures());
        figures.put("loss", total.getFloat());
        figures.put("proposals", ofQueries.getFloat());
      }
      figures.put("learning rate", learningRate);
      figures.put("gradient", state.optimiser().step(learningRate));
      return figures;
    } catch (NonFiniteGradientException e) {
      throw new TrainingException(
          TrainingException.Reason.DIVERGED,
          "The loss is not a finite number on the images "
              + images.stream().map(TrainingImage::key).toList()
              + "; look at their annotations.",
          e);
    }
  }

  /** Describes some candidates of each image; gradients flow into the maps and the projection. */
  private CandidateRegions regions(
      BackboneOutput maps, List<ShownImage> shown, JointState state, Random random) {
    RegionFeatures regionFeatures = architecture.regions();
    NDList features = new NDList();
    float[] boxes = new float[0];
    int count = 0;
    for (int i = 0; i < shown.size(); i++) {
      BackboneOutput ofImage = maps.image(i);
      Candidates all = Candidates.of(ofImage);
      int candidates = (int) all.boxes().getShape().get(0);
      count = Math.min(settings.candidates(), candidates);
      long[] rows = CandidateRegions.sample(candidates, count, random);
      Candidates some = all.at(all.boxes().getManager().create(rows));
      NDArray appearance =
          state.projection().apply(regionFeatures.appearance(ofImage, some.boxes()));
      features.add(regionFeatures.describe(shown.get(i).pixels().get(0), some, appearance));
      if (i == 0) {
        boxes = new float[shown.size() * count * 4];
      }
      System.arraycopy(some.boxes().toFloatArray(), 0, boxes, i * count * 4, count * 4);
    }
    return new CandidateRegions(NDArrays.concat(features, 0), boxes, count);
  }
}
