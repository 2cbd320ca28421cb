package io.deixis.training.matching;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.runlog.TrainingException;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.checkpoint.Checkpoint;
import io.deixis.training.checkpoint.Checkpoints;
import io.deixis.training.features.FeatureCache;
import io.deixis.training.optimisation.CosineSchedule;
import io.deixis.training.optimisation.Draws;
import io.deixis.training.optimisation.NonFiniteGradientException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;

/** Trains the matching head on cached features. */
public final class HeadTraining {

  /** The usual name of the stage. */
  public static final String STAGE = "matching";

  private static final int WARM_UP = 100;
  private static final int STEPS_PER_AVERAGE = 5;
  private static final int STEPS_PER_LOOK = 50;

  private final String stage;
  private final HeadSettings settings;
  private final MatcherType type;
  private final FeatureCache cache;
  private final PhraseTable table;
  private final TrainingListener listener;
  private final Draws draws;

  /** Prepares a training under the usual name. */
  public HeadTraining(
      HeadSettings settings,
      MatcherType type,
      FeatureCache cache,
      PhraseTable table,
      TrainingListener listener) {
    this(STAGE, settings, type, cache, table, listener);
  }

  /**
   * Prepares a training.
   *
   * @param stage the name that the listener is told
   */
  public HeadTraining(
      String stage,
      HeadSettings settings,
      MatcherType type,
      FeatureCache cache,
      PhraseTable table,
      TrainingListener listener) {
    this.stage = stage;
    this.settings = settings;
    this.type = type;
    this.cache = cache;
    this.table = table;
    this.listener = listener;
    this.draws = new Draws(settings.seed());
  }

  /**
   * Trains a head, from its latest checkpoint if there is one. One that is stopped at any moment
   * and gone on with ends with the same weights.
   *
   * @param views for each epoch's pass, one view of each image: epoch counted from 0 modulo the
   *     list's size
   * @param device where to train
   * @param checkpoints read once, written within epochs and after each
   * @param validation judges the averaged weights after each epoch
   * @return the averaged weights by name, of the last epoch or of the best one
   * @throws TrainingException if the loss is no longer a finite number, or the checkpoint is of
   *     another training
   */
  public Map<String, float[]> run(
      List<List<TrainingImage>> views,
      Device device,
      Checkpoints checkpoints,
      Validation validation) {
    TorchEngine engine = TorchEngine.start(0);
    engine.seed(settings.seed());
    try (NDManager manager = NDManager.newBaseManager(device, TorchEngine.NAME)) {
      int steps = stepsPerEpoch(views) * settings.epochs();
      HeadState state =
          new HeadState(
              manager, type, table.rows(), validation.patience(), steps / STEPS_PER_AVERAGE);
      Pass pass = new Pass(engine, manager, state, views, checkpoints);
      Optional<Checkpoint> latest = checkpoints.latest();
      latest.ifPresent(state::restore);
      int epoch = latest.map(Checkpoint::epoch).orElse(0);
      int batch = latest.map(Checkpoint::batch).orElse(0);
      listener.onStart(
          new TrainingListener.Start(stage, pass.stepsBefore(epoch) + batch, HeadLoss.TERMS));
      while (epoch < settings.epochs() && !state.earlyStop().isReached()) {
        pass.run(epoch, batch);
        judge(validation.recall(), state, epoch, pass.stepsBefore(epoch + 1));
        epoch++;
        batch = 0;
        checkpoints.save(state.checkpoint(epoch, batch));
      }
      Map<String, float[]> best = state.earlyStop().bestWeights();
      return best.isEmpty() ? state.average().values() : best;
    }
  }

  private void judge(
      Function<Map<String, float[]>, OptionalDouble> recall,
      HeadState state,
      int epoch,
      long done) {
    Map<String, float[]> averages = state.average().values();
    recall
        .apply(averages)
        .ifPresent(
            value -> {
              listener.onEpoch(new TrainingListener.Epoch(stage, epoch + 1, done, value));
              state.earlyStop().update(value, () -> averages);
            });
  }

  private int stepsPerEpoch(List<List<TrainingImage>> views) {
    return (views.get(0).size() + settings.batchSize() - 1) / settings.batchSize();
  }

  /** Passes over the images. */
  private final class Pass {

    private final TorchEngine engine;
    private final NDManager manager;
    private final HeadState state;
    private final HeadLoss loss;
    private final List<List<TrainingImage>> views;
    private final Checkpoints checkpoints;
    private final int stepsPerEpoch;

    Pass(
        TorchEngine engine,
        NDManager manager,
        HeadState state,
        List<List<TrainingImage>> views,
        Checkpoints checkpoints) {
      this.engine = engine;
      this.manager = manager;
      this.state = state;
      this.loss = new HeadLoss(type.create(state.weights()), settings.positiveWeight());
      this.views = views;
      this.checkpoints = checkpoints;
      this.stepsPerEpoch = stepsPerEpoch(views);
    }

    int stepsBefore(int epoch) {
      return epoch * stepsPerEpoch;
    }

    /** Runs an epoch from a batch on. */
    void run(int epoch, int firstBatch) {
      HeadSettings.Phase phase = settings.phaseOf(epoch);
      int phaseSteps = phase.epochs() * stepsPerEpoch;
      CosineSchedule schedule =
          new CosineSchedule(
              phase.learningRate(), Math.min(WARM_UP, phaseSteps / 4 + 1), phaseSteps);
      int before = (epoch - settings.firstEpochOf(phase)) * stepsPerEpoch;
      if (before + firstBatch == 0) {
        state.restartOptimiser();
      }
      List<TrainingImage> order = new ArrayList<>(views.get(epoch % views.size()));
      Collections.shuffle(order, draws.ofEpoch(epoch));
      for (int batch = firstBatch; batch < stepsPerEpoch; batch++) {
        int from = batch * settings.batchSize();
        List<TrainingImage> images =
            order.subList(from, Math.min(order.size(), from + settings.batchSize()));
        listener.onTrainingStep(step(epoch, batch, schedule.at(before + batch), phase, images));
        // The epoch's end is saved by who judges it.
        if (checkpoints.dueAfter(stepsBefore(epoch) + batch + 1) && batch + 1 < stepsPerEpoch) {
          checkpoints.save(state.checkpoint(epoch, batch + 1));
        }
      }
    }

    private TrainingListener.Step step(
        int epoch,
        int batchIndex,
        float rate,
        HeadSettings.Phase phase,
        List<TrainingImage> images) {
      long start = System.nanoTime();
      int done = stepsBefore(epoch) + batchIndex + 1;
      engine.seed(draws.engineSeed(epoch, batchIndex));
      try (NDManager stepManager = manager.newSubManager();
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Random random = draws.ofBatch(epoch, batchIndex);
        CandidateRegions regions =
            CandidateRegions.draw(stepManager, images, cache, settings.candidates(), random);
        HeadBatch batch = HeadBatch.draw(stepManager, images, regions, table, settings, random);
        Map<String, Float> figures;
        try (GradientCollector collector =
            Engine.getEngine(TorchEngine.NAME).newGradientCollector()) {
          HeadLoss.Result result = loss.of(batch, phase.dropout(), phase.otherImages());
          collector.backward(result.total());
          figures = result.figures();
          if (done % STEPS_PER_LOOK == 1) {
            listener.onSample(
                BatchLook.of(batch, result, stage, epoch + 1, done, images.get(0).key()));
          }
        }
        figures.put("learning rate", rate);
        figures.put("gradient", state.optimiser().step(rate));
        if (done % STEPS_PER_AVERAGE == 0) {
          state.average().update();
        }
        return new TrainingListener.Step(
            stage,
            epoch + 1,
            done,
            stepsBefore(settings.epochs()),
            figures,
            images.size(),
            (long) batch.images() * batch.phrases() * batch.candidates(),
            (System.nanoTime() - start) / 1e9);
      } catch (NonFiniteGradientException e) {
        throw new TrainingException(
            TrainingException.Reason.DIVERGED,
            "The loss is not a finite number on the images "
                + images.stream().map(TrainingImage::key).toList()
                + "; train with a lower learning rate (--lr).",
            e);
      }
    }
  }
}
