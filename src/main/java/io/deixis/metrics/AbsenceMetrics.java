package io.deixis.metrics;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How well it is told that a phrase is not in an image, by the score of its best box. A positive
 * case is an absent phrase, and it is told as absent if its score is below the threshold.
 *
 * @param present phrases of the image itself
 * @param absent phrases of other images
 * @param auroc area under the ROC curve, in [0, 1]; 0.5 is chance
 * @param atThreshold the decisions at the model's threshold
 * @param bestThreshold the calibrated score that gives the best F1 of absent phrases
 * @param best the decisions there
 * @param presentScores the best scores of phrases of the image itself
 * @param absentScores the best scores of phrases of other images
 */
public record AbsenceMetrics(
    int present,
    int absent,
    double auroc,
    ConfusionMatrix atThreshold,
    double bestThreshold,
    ConfusionMatrix best,
    Histogram presentScores,
    Histogram absentScores) {

  /**
   * Judges the best boxes; null if there is no present or no absent phrase.
   *
   * @param presentLogits logits of the best boxes of phrases of the image itself
   * @param absentLogits logits of the best boxes of phrases of other images
   * @param calibration of the model
   * @param threshold of the model, a calibrated score
   */
  public static AbsenceMetrics of(
      List<Double> presentLogits,
      List<Double> absentLogits,
      Calibration calibration,
      double threshold) {
    List<Double> present = presentLogits.stream().map(calibration::probability).toList();
    List<Double> absent = absentLogits.stream().map(calibration::probability).toList();
    if (present.isEmpty() || absent.isEmpty()) {
      return null;
    }
    Auroc auroc = new Auroc();
    ThresholdSweep sweep = new ThresholdSweep();
    present.forEach(score -> auroc.update(score, true));
    absent.forEach(score -> auroc.update(score, false));
    present.forEach(score -> sweep.update(-score, false));
    absent.forEach(score -> sweep.update(-score, true));
    // A score equal to the threshold counts as found, so the next number below it is taken.
    ThresholdSweep.Result swept = sweep.compute(-Math.nextDown(threshold));
    return new AbsenceMetrics(
        present.size(),
        absent.size(),
        auroc.compute(),
        swept.curve().get(0).matrix(),
        Math.nextUp(-swept.best().threshold()),
        swept.best().matrix(),
        Histogram.of(scores(present), ScoreMetrics.HISTOGRAM_BINS),
        Histogram.of(scores(absent), ScoreMetrics.HISTOGRAM_BINS));
  }

  private static DoubleStream scores(List<Double> scores) {
    return scores.stream().mapToDouble(Double::doubleValue);
  }
}
