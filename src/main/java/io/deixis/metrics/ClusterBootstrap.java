package io.deixis.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * 95 % percentile intervals by resampling whole images: phrases of one image are not independent of
 * each other (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993).
 */
public final class ClusterBootstrap {

  private static final int RESAMPLES = 1000;
  private static final double TAIL = 0.025;

  private ClusterBootstrap() {}

  /**
   * Returns the interval of {@code sum(hits) / sum(totals)}; [0, 0] where there is nothing.
   *
   * @param hits by image
   * @param totals by image, each at least 1
   * @param seed the same seed gives the same interval
   */
  static Interval interval(int[] hits, int[] totals, long seed) {
    if (totals.length == 0) {
      return new Interval(0, 0);
    }
    return interval(
        resamples(
            totals.length,
            seed,
            draws -> {
              long hit = 0;
              long total = 0;
              for (int image = 0; image < draws.length; image++) {
                hit += (long) draws[image] * hits[image];
                total += (long) draws[image] * totals[image];
              }
              return (double) hit / total;
            }));
  }

  /**
   * Returns a metric of every resample. Resamples of as many images by the same seed are the same,
   * so that two models can be compared resample by resample.
   *
   * @param images how many there are, at least 1
   * @param metric of images, told how often each was drawn
   */
  public static double[] resamples(int images, long seed, ToDoubleFunction<int[]> metric) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[RESAMPLES];
    int[] draws = new int[images];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      Arrays.fill(draws, 0);
      for (int draw = 0; draw < images; draw++) {
        draws[random.nextInt(images)]++;
      }
      values[resample] = metric.applyAsDouble(draws);
    }
    return values;
  }

  /** Returns the interval that the middle 95 % of the resamples take. */
  public static Interval interval(double[] resamples) {
    double[] sorted = resamples.clone();
    Arrays.sort(sorted);
    return new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  /** Returns the value of a rank, the nearest one. */
  public static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
