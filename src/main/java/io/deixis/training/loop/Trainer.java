package io.deixis.training.loop;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.deixis.engine.torch.Scalars;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.runlog.BatchSample;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.work.Checkpoint;
import io.deixis.training.work.Checkpoints;
import io.deixis.training.work.TrainingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The loop that every stage is trained by: epochs of batches, a step of AdamW for each, a moving
 * average of the weights, checkpoints, and an early stop by images held out. A training that is
 * stopped at any moment and then continued ends with the same weights.
 */
public final class Trainer {

  /** Steps from one sample of a batch in the log to the next. */
  private static final int STEPS_PER_SAMPLE = 50;

  private final Checkpoints checkpoints;
  private final TrainingListener listener;

  /**
   * Prepares a training.
   *
   * @param checkpoints read once, written within epochs and after each
   * @param listener notified of the progress
   */
  public Trainer(Checkpoints checkpoints, TrainingListener listener) {
    this.checkpoints = checkpoints;
    this.listener = listener;
  }

  /**
   * Trains a stage, from its latest checkpoint if there is one.
   *
   * @return the averaged weights by name, of the last epoch or of the best one
   * @throws TrainingException if the loss is no longer a finite number, or the checkpoint is of
   *     another training
   */
  public <E extends Stage.Example, F extends Forward> Map<String, float[]> fit(Stage<E, F> stage) {
    return new Run<>(stage).run();
  }

  private final class Run<E extends Stage.Example, F extends Forward> {

    private final TorchEngine engine = TorchEngine.start(0);
    private final Stage<E, F> stage;
    private final Plan plan;
    private final List<LossTerm<F>> terms;
    private final RandomStreams streams;
    private final int stepsPerEpoch;
    private final TrainerState state;

    Run(Stage<E, F> stage) {
      this.stage = stage;
      this.plan = stage.plan();
      this.terms = stage.terms();
      this.streams = new RandomStreams(plan.seed());
      this.stepsPerEpoch = (stage.images(0).size() + plan.batchSize() - 1) / plan.batchSize();
      this.state =
          new TrainerState(stage.weights(), plan, stage.patience(), stepsBefore(plan.epochs()));
    }

    Map<String, float[]> run() {
      Optional<Checkpoint> latest = checkpoints.latest();
      latest.ifPresent(state::restore);
      int epoch = latest.map(Checkpoint::epoch).orElse(0);
      int batch = latest.map(Checkpoint::batch).orElse(0);
      listener.onStart(
          new TrainingListener.Start(
              stage.name(),
              stepsBefore(epoch) + batch,
              terms.stream().map(LossTerm::name).toList()));
      while (epoch < plan.epochs() && !state.earlyStop().isReached()) {
        train(epoch, batch);
        judge(epoch);
        epoch++;
        batch = 0;
        checkpoints.save(state.checkpoint(epoch, batch));
      }
      return state.result();
    }

    private int stepsBefore(int epoch) {
      return epoch * stepsPerEpoch;
    }

    /** Runs an epoch from a batch on. */
    private void train(int epoch, int firstBatch) {
      Plan.Phase phase = plan.phaseOf(epoch);
      int stepsOfPhase = phase.epochs() * stepsPerEpoch;
      int before = stepsBefore(epoch - plan.phaseStart(epoch));
      CosineSchedule schedule =
          new CosineSchedule(
              phase.learningRate(), Math.min(plan.warmUp(), stepsOfPhase / 4 + 1), stepsOfPhase);
      if (before + firstBatch == 0) {
        state.restartOptimiser();
      }
      List<E> order = new ArrayList<>(stage.images(epoch));
      Collections.shuffle(order, streams.ofEpoch(epoch));
      List<E> left = order.subList(firstBatch * plan.batchSize(), order.size());
      try (Stage.Batches<E, F> batches = stage.batches(left)) {
        for (int batch = firstBatch; batch < stepsPerEpoch; batch++) {
          int from = batch * plan.batchSize();
          List<E> images = order.subList(from, Math.min(order.size(), from + plan.batchSize()));
          step(epoch, batch, schedule.at(before + batch), images, batches);
          // The epoch's end is saved once it is judged.
          if (checkpoints.dueAfter(stepsBefore(epoch) + batch + 1) && batch + 1 < stepsPerEpoch) {
            checkpoints.save(state.checkpoint(epoch, batch + 1));
          }
        }
      }
    }

    private void step(
        int epoch, int batch, float rate, List<E> images, Stage.Batches<E, F> batches) {
      long start = System.nanoTime();
      int done = stepsBefore(epoch) + batch + 1;
      engine.seed(streams.engineSeed(epoch, batch));
      Map<String, Float> metrics = new LinkedHashMap<>();
      long pairs;
      try (NDManager manager = stage.manager().newSubManager();
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        try (GradientCollector collector =
            Engine.getEngine(TorchEngine.NAME).newGradientCollector()) {
          F forward =
              batches.forward(
                  manager, images, plan.phaseOf(epoch).dropout(), streams.ofBatch(epoch, batch));
          NDList weighted = new NDList();
          for (LossTerm<F> term : terms) {
            NDArray value = term.value().apply(forward);
            weighted.add(value.mul(Scalars.of(value, term.weight())));
          }
          NDArray loss =
              weighted.size() == 1
                  ? weighted.get(0)
                  : NDArrays.add(weighted.toArray(new NDArray[0]));
          collector.backward(loss);
          metrics.put("loss", loss.getFloat());
          for (int i = 0; i < terms.size(); i++) {
            metrics.put(terms.get(i).name(), weighted.get(i).getFloat());
          }
          forward.metrics().forEach((name, value) -> metrics.put(name, value.getFloat()));
          pairs = forward.pairs();
          if (done % STEPS_PER_SAMPLE == 1) {
            sample(epoch, done, images.get(0), forward);
          }
        }
        metrics.put("learning rate", rate);
        float gradient = state.optimiser().step(rate);
        if (!Float.isFinite(gradient)) {
          throw new TrainingException(
              TrainingException.Reason.DIVERGED,
              "The loss of the stage %s is not a finite number on the images %s; train with a lower learning rate (--lr), or look at their annotations."
                  .formatted(stage.name(), images.stream().map(Stage.Example::key).toList()),
              null);
        }
        metrics.put("gradient", gradient);
      }
      if (done % plan.stepsPerAverage() == 0) {
        state.average().update();
      }
      listener.onTrainingStep(
          new TrainingListener.Step(
              stage.name(),
              epoch + 1,
              done,
              stepsBefore(plan.epochs()),
              metrics,
              images.size(),
              pairs,
              (System.nanoTime() - start) / 1e9));
    }

    private void sample(int epoch, int done, E image, F forward) {
      List<BatchSample.Phrase> phrases = forward.sample();
      if (!phrases.isEmpty()) {
        listener.onSample(new BatchSample(stage.name(), epoch + 1, done, image.key(), phrases));
      }
    }

    private void judge(int epoch) {
      Map<String, float[]> averages = state.average().values();
      OptionalDouble recall = stage.heldOutRecall(averages);
      if (recall.isPresent()) {
        listener.onEpoch(
            new TrainingListener.Epoch(
                stage.name(), epoch + 1, stepsBefore(epoch + 1), recall.getAsDouble()));
        state.earlyStop().update(recall.getAsDouble(), () -> averages);
      }
    }
  }
}
