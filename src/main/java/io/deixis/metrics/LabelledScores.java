package io.deixis.metrics;

import java.util.Arrays;

/** Scores of positive and of negative cases, each kept as a growing array of primitives. */
final class LabelledScores {

  private final Column positives = new Column();
  private final Column negatives = new Column();

  void add(double score, boolean positive) {
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("A score is a finite number, not " + score + ".");
    }
    (positive ? positives : negatives).add(score);
  }

  /** Returns the scores of the positive cases in rising order. */
  double[] positives() {
    return positives.sorted();
  }

  /** Returns the scores of the negative cases in rising order. */
  double[] negatives() {
    return negatives.sorted();
  }

  private static final class Column {

    private double[] values = new double[16];
    private int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    double[] sorted() {
      double[] sorted = Arrays.copyOf(values, size);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
