package io.deixis.metrics;

import java.util.ArrayList;
import java.util.List;

/** Scores of positive and of negative cases. */
final class LabelledScores {

  private final List<Double> positives = new ArrayList<>();
  private final List<Double> negatives = new ArrayList<>();

  void add(double score, boolean positive) {
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("A score is a finite number, not " + score + ".");
    }
    (positive ? positives : negatives).add(score);
  }

  /** Returns the scores of the positive cases in rising order. */
  double[] positives() {
    return sorted(positives);
  }

  /** Returns the scores of the negative cases in rising order. */
  double[] negatives() {
    return sorted(negatives);
  }

  private static double[] sorted(List<Double> scores) {
    return scores.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
