package io.deixis.evaluation;

import io.deixis.metrics.Calibration;
import java.util.List;

/**
 * The lower limit of unsure answers. A phrase whose best box scores at least this much, but less
 * than the threshold, is unsure; one that scores less is called absent. The limit is the highest
 * score at which no more than {@value #MOST_RULED_OUT} of the phrases that are in their image are
 * called absent, and never above the threshold.
 *
 * @param from the limit, a calibrated score
 * @param presentRuledOut the share of the phrases in their image that are called absent
 * @param absentRuledOut the share of the phrases of other images that are called absent
 */
public record UnsureLimit(double from, double presentRuledOut, double absentRuledOut) {

  /** How many of the phrases that are there may be called absent. */
  public static final double MOST_RULED_OUT = 0.05;

  /**
   * Fits the limit.
   *
   * @param split the answers to phrases asked for by themselves
   * @param threshold the score from which boxes are found
   */
  static UnsureLimit of(EvaluatedSplit split, Calibration calibration, double threshold) {
    List<Double> present = split.presentLogits().stream().map(calibration::probability).toList();
    List<Double> sorted = present.stream().sorted().toList();
    double from =
        sorted.isEmpty()
            ? threshold
            : Math.min(threshold, sorted.get((int) (MOST_RULED_OUT * sorted.size())));
    List<Double> absent = split.absentLogits().stream().map(calibration::probability).toList();
    return new UnsureLimit(from, below(from, present), below(from, absent));
  }

  private static double below(double from, List<Double> scores) {
    return scores.isEmpty()
        ? 0
        : (double) scores.stream().filter(score -> score < from).count() / scores.size();
  }
}
