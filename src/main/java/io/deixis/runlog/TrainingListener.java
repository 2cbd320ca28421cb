package io.deixis.runlog;

import java.util.List;
import java.util.Map;

/** Is notified of the progress of a training. */
public interface TrainingListener {

  /** A listener that says nothing. */
  TrainingListener SILENT = progress -> {};

  /** Called after a step. */
  void onStep(Progress progress);

  /** Called as a stage that trains weights starts or goes on from a checkpoint. */
  default void onStart(Start start) {}

  /** Called after a step that moved weights. */
  default void onTrainingStep(Step step) {
    onStep(step.progress());
  }

  /** Called after an epoch with what the weights reach on images held out. */
  default void onEpoch(Epoch epoch) {}

  /** Called now and then with a sample of a batch. */
  default void onSample(BatchSample sample) {}

  /** Called with what a person should know, in a sentence, although the training goes on. */
  default void onWarning(String sentence) {}

  /**
   * Where a stage stands.
   *
   * @param stage its name
   * @param done steps done
   * @param total steps in all
   * @param metrics what was measured since the last call, by name
   */
  record Progress(String stage, long done, long total, Map<String, Float> metrics) {}

  /**
   * The start of a stage that trains weights.
   *
   * @param stage its name
   * @param done the steps that are done; what was logged of later ones is void
   * @param terms names of its loss terms
   */
  record Start(String stage, long done, List<String> terms) {}

  /**
   * A step that moved weights.
   *
   * @param stage the stage's name
   * @param epoch counted from 1
   * @param done steps of the stage done, this one included
   * @param total steps of the stage in all
   * @param metrics loss, its terms (weighted, so that they add up to it) and what else was
   *     measured, by name
   * @param images images in the batch
   * @param pairs query-region pairs in the batch, 0 where a stage has none
   * @param seconds how long the step took
   */
  record Step(
      String stage,
      int epoch,
      long done,
      long total,
      Map<String, Float> metrics,
      int images,
      long pairs,
      double seconds) {

    /** Returns where the stage stands after the step. */
    Progress progress() {
      return new Progress(stage, done, total, metrics);
    }
  }

  /**
   * The end of an epoch.
   *
   * @param stage the stage's name
   * @param epoch counted from 1
   * @param done steps of the stage done
   * @param recall Recall@1 of the images held out, in [0, 1]
   */
  record Epoch(String stage, int epoch, long done, double recall) {}
}
