package io.deixis.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Precision, recall and F1 as the threshold moves: a case is accepted if its score is at least the
 * threshold.
 *
 * <p>Not thread-safe.
 */
public final class ThresholdSweep {

  private final LabelledScores scores = new LabelledScores();

  /**
   * Decisions at a threshold.
   *
   * @param threshold the least score that is accepted
   * @param matrix the decisions against the labels
   */
  public record Point(double threshold, ConfusionMatrix matrix) {}

  /**
   * The outcome of a sweep.
   *
   * @param curve the decisions at each threshold asked for
   * @param best the decisions at the score with the highest F1 of all scores seen; of equal ones
   *     the highest
   */
  public record Result(List<Point> curve, Point best) {

    /** Copies the list. */
    public Result {
      curve = List.copyOf(curve);
    }
  }

  /**
   * Takes in one case.
   *
   * @param score its score, finite
   * @param positive its label
   */
  public void update(double score, boolean positive) {
    scores.add(score, positive);
  }

  /**
   * Returns the decisions at some thresholds and at the best of all.
   *
   * @param thresholds where to look, in any order
   * @throws IllegalStateException if there was no case
   */
  public Result compute(double... thresholds) {
    double[] positives = scores.positives();
    double[] negatives = scores.negatives();
    List<Point> curve =
        DoubleStream.of(thresholds).mapToObj(t -> point(t, positives, negatives)).toList();
    return new Result(curve, best(positives, negatives));
  }

  /**
   * Returns the decisions at the lowest score whose F1 is nearly the highest: it misses least.
   *
   * @param loss of F1 that is noise, in [0, 1]
   * @throws IllegalStateException if there was no case
   */
  public Point lowestWithin(double loss) {
    double[] positives = scores.positives();
    double[] negatives = scores.negatives();
    double least = best(positives, negatives).matrix().f1() - loss;
    return DoubleStream.of(candidates(positives, negatives))
        .mapToObj(threshold -> point(threshold, positives, negatives))
        .filter(point -> point.matrix().f1() >= least)
        .findFirst()
        .orElseThrow();
  }

  private static Point best(double[] positives, double[] negatives) {
    Point best = null;
    for (double threshold : candidates(positives, negatives)) {
      Point point = point(threshold, positives, negatives);
      if (best == null || point.matrix().f1() >= best.matrix().f1()) {
        best = point;
      }
    }
    return best;
  }

  /** Returns all scores seen, from the lowest on. */
  private static double[] candidates(double[] positives, double[] negatives) {
    double[] candidates =
        DoubleStream.concat(DoubleStream.of(positives), DoubleStream.of(negatives))
            .sorted()
            .distinct()
            .toArray();
    if (candidates.length == 0) {
      throw new IllegalStateException("A threshold sweep needs at least one case.");
    }
    return candidates;
  }

  private static Point point(double threshold, double[] positives, double[] negatives) {
    int rejectedPositives = below(threshold, positives);
    int rejectedNegatives = below(threshold, negatives);
    return new Point(
        threshold,
        new ConfusionMatrix(
            positives.length - rejectedPositives,
            negatives.length - rejectedNegatives,
            rejectedPositives,
            rejectedNegatives));
  }

  /** Returns how many of the sorted scores are below the threshold. */
  private static int below(double threshold, double[] sorted) {
    int position = Arrays.binarySearch(sorted, threshold);
    if (position < 0) {
      return -position - 1;
    }
    while (position > 0 && sorted[position - 1] == threshold) {
      position--;
    }
    return position;
  }
}
