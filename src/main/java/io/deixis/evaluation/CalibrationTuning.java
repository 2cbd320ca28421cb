package io.deixis.evaluation;

import io.deixis.metrics.Calibration;
import io.deixis.metrics.CalibrationError;
import io.deixis.metrics.CalibrationFit;
import io.deixis.metrics.ScoreMetrics;

/**
 * The calibration that makes the boxes' labels most likely.
 *
 * @param calibration from logits to scores
 * @param before the reliability of the scores so far
 * @param after the reliability of the new ones, on the boxes that they were fitted to
 */
public record CalibrationTuning(
    Calibration calibration, CalibrationError.Result before, CalibrationError.Result after) {

  /**
   * Fits the calibration.
   *
   * @param current the one so far
   * @throws IllegalStateException if there is no box
   */
  public static CalibrationTuning of(EvaluatedSplit split, Calibration current) {
    CalibrationFit fit = new CalibrationFit();
    split.boxCases().forEach(box -> fit.update(box.logit(), box.positive()));
    Calibration fitted = fit.compute();
    return new CalibrationTuning(fitted, reliability(split, current), reliability(split, fitted));
  }

  private static CalibrationError.Result reliability(
      EvaluatedSplit split, Calibration calibration) {
    CalibrationError error = new CalibrationError(ScoreMetrics.RELIABILITY_BINS);
    split
        .boxCases()
        .forEach(box -> error.update(calibration.probability(box.logit()), box.positive()));
    return error.compute();
  }
}
