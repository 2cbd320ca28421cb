package io.deixis.runlog;

import java.util.List;
import java.util.Map;

/** Told how a training goes. */
public interface TrainingListener {

  /** A listener that says nothing. */
  TrainingListener SILENT = progress -> {};

  /** Called after a step. */
  void onStep(Progress progress);

  /**
   * Called as a stage that trains weights starts or goes on from a checkpoint.
   *
   * @param stage its name
   * @param done the steps that are done; what was told of later ones is void
   */
  default void onStart(String stage, long done) {}

  /** Called after a step that moved weights. */
  default void onTrainingStep(Step step) {
    onStep(new Progress(step.stage(), step.done(), step.total(), step.figures()));
  }

  /** Called after an epoch with what the weights reach on images held out. */
  default void onEpoch(Epoch epoch) {}

  /** Called now and then with a look into a batch. */
  default void onLook(Look look) {}

  /**
   * Where a stage stands.
   *
   * @param stage its name
   * @param done steps done
   * @param total steps in all
   * @param figures what was measured since the last call, by name
   */
  record Progress(String stage, long done, long total, Map<String, Float> figures) {}

  /**
   * A step that moved weights.
   *
   * @param stage the stage's name
   * @param epoch counted from 1
   * @param done steps of the stage done, this one included
   * @param total steps of the stage in all
   * @param figures loss, its parts and what else was measured, by name
   * @param images images in the batch
   * @param pairs query-region pairs in the batch, 0 where a stage has none
   * @param seconds how long the step took
   */
  record Step(
      String stage,
      int epoch,
      long done,
      long total,
      Map<String, Float> figures,
      int images,
      long pairs,
      double seconds) {}

  /**
   * The end of an epoch.
   *
   * @param stage the stage's name
   * @param epoch counted from 1
   * @param done steps of the stage done
   * @param recall share of held-out phrases whose best box meets a truth box, in [0, 1]
   */
  record Epoch(String stage, int epoch, long done, double recall) {}

  /**
   * What one image of a batch asked and what the weights answered before the step.
   *
   * @param stage the stage's name
   * @param epoch counted from 1
   * @param step the step, counted from 1
   * @param image the image's key
   * @param phrases its phrases
   */
  record Look(String stage, int epoch, long step, String image, List<Phrase> phrases) {

    /**
     * A phrase.
     *
     * @param text its words
     * @param positives how many of the batch's candidates are right
     * @param best the candidates with the highest scores, best first
     */
    public record Phrase(String text, int positives, List<Candidate> best) {}

    /**
     * A candidate.
     *
     * @param box x1, y1, x2, y2 in units of the image's sides
     * @param score uncalibrated, in [0, 1]
     * @param positive its label
     */
    public record Candidate(float[] box, float score, boolean positive) {}
  }
}
