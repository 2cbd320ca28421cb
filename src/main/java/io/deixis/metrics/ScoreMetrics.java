package io.deixis.metrics;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How well scores tell boxes that meet a truth box from those that do not.
 *
 * @param positives boxes that meet a truth box
 * @param negatives boxes that meet none
 * @param natural the decisions at the model's threshold
 * @param balanced the same with as many negatives as positives
 * @param tuned the threshold of the best F1 on these very boxes
 * @param curve the decisions at thresholds from 0 to 1
 * @param before the reliability of probabilities without calibration, the sigmoid of the logit
 * @param after the reliability of calibrated scores
 * @param positiveScores the calibrated scores of positives
 * @param negativeScores the calibrated scores of negatives
 */
public record ScoreMetrics(
    long positives,
    long negatives,
    ThresholdSweep.Point natural,
    ConfusionMatrix balanced,
    ThresholdSweep.Point tuned,
    List<ThresholdSweep.Point> curve,
    CalibrationError.Result before,
    CalibrationError.Result after,
    Histogram positiveScores,
    Histogram negativeScores) {

  /** Steps of the curve. */
  public static final int CURVE_STEPS = 100;

  /** Bins of histograms. */
  static final int HISTOGRAM_BINS = 25;

  /** Bins of the reliability diagram. */
  public static final int RELIABILITY_BINS = 10;

  /** Copies the curve. */
  public ScoreMetrics {
    curve = List.copyOf(curve);
  }

  /**
   * Judges boxes.
   *
   * @param cases the boxes, at least one
   * @param calibration of the model
   * @param threshold of the model, a calibrated score
   */
  public static ScoreMetrics of(List<BoxCase> cases, Calibration calibration, double threshold) {
    ThresholdSweep sweep = new ThresholdSweep();
    CalibrationError before = new CalibrationError(RELIABILITY_BINS);
    CalibrationError after = new CalibrationError(RELIABILITY_BINS);
    for (BoxCase box : cases) {
      double score = calibration.probability(box.logit());
      sweep.update(score, box.positive());
      before.update(Calibration.IDENTITY.probability(box.logit()), box.positive());
      after.update(score, box.positive());
    }
    ThresholdSweep.Result swept = sweep.compute(thresholds(threshold));
    ThresholdSweep.Point natural = swept.curve().get(0);
    return new ScoreMetrics(
        cases.stream().filter(BoxCase::positive).count(),
        cases.stream().filter(box -> !box.positive()).count(),
        natural,
        natural.matrix().balanced(),
        swept.best(),
        swept.curve().subList(1, swept.curve().size()),
        before.compute(),
        after.compute(),
        Histogram.of(BoxCase.scores(cases, true, calibration), HISTOGRAM_BINS),
        Histogram.of(BoxCase.scores(cases, false, calibration), HISTOGRAM_BINS));
  }

  /** The model's threshold and then those of the curve. */
  private static double[] thresholds(double model) {
    return DoubleStream.concat(
            DoubleStream.of(model),
            IntStream.rangeClosed(0, CURVE_STEPS).mapToDouble(step -> (double) step / CURVE_STEPS))
        .toArray();
  }
}
