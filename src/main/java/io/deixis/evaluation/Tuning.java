package io.deixis.evaluation;

import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import io.deixis.grounding.CandidateModel;
import io.deixis.grounding.GroundingOptions;
import io.deixis.metrics.Auroc;
import io.deixis.metrics.BoxCase;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.ThresholdSweep;
import io.deixis.runlog.TrainingListener;
import java.util.List;

/**
 * Calibrates a model's scores and finds the threshold of the best F1, on images it was not trained
 * on. The cases are the boxes that a request without options would get for each phrase, positive if
 * they meet a truth box with an IoU of at least one half, and the best box of each phrase taken
 * from another image, which is never positive.
 *
 * @param calibration from logits to scores
 * @param best the threshold of the best F1, on calibrated scores
 * @param unsure the lower limit of unsure answers
 * @param absence how well phrases of other images are separated from the image's own: the area
 *     under the ROC curve of their best scores
 */
public record Tuning(
    Calibration calibration, ThresholdSweep.Point best, UnsureLimit unsure, double absence) {

  /**
   * Tunes a model.
   *
   * @param ids the images to tune on
   * @param listener notified of each image
   * @throws DatasetException if none of the boxes is right, or none wrong
   */
  public static Tuning of(
      CandidateModel model, GroundingDataset data, List<String> ids, TrainingListener listener) {
    AnswerCollector collector = new AnswerCollector(GroundingOptions.DEFAULTS);
    new SplitGrounding(data, model, listener).run(ids, true, collector);
    EvaluatedSplit answers = collector.answers();
    List<BoxCase> cases = answers.boxCases();
    if (cases.stream().noneMatch(BoxCase::positive) || cases.stream().allMatch(BoxCase::positive)) {
      throw new DatasetException(
          "Of the answers on the %d held-out images none is right, or none wrong, so scores cannot be calibrated; hold out more with --held-out, or train for more epochs."
              .formatted(ids.size()));
    }
    Calibration calibration = CalibrationTuning.of(answers, Calibration.IDENTITY).calibration();
    Auroc absence = new Auroc();
    answers.presentLogits().forEach(logit -> absence.update(logit, true));
    answers.absentLogits().forEach(logit -> absence.update(logit, false));
    ThresholdTuning thresholds = ThresholdTuning.of(answers, calibration);
    return new Tuning(calibration, thresholds.all().best(), thresholds.unsure(), absence.compute());
  }
}
