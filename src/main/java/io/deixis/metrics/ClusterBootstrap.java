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
    return interval(
        totals.length,
        draws -> {
          long hit = 0;
          long total = 0;
          for (int image = 0; image < draws.length; image++) {
            hit += (long) draws[image] * hits[image];
            total += (long) draws[image] * totals[image];
          }
          return (double) hit / total;
        },
        seed);
  }

  /**
   * Returns the interval of any statistic; [0, 0] where there is no image.
   *
   * @param images how many there are
   * @param statistic takes how often each image was drawn; a resample for which it is not a number
   *     is left out
   * @param seed the same seed gives the same interval
   */
  static Interval interval(int images, ToDoubleFunction<int[]> statistic, long seed) {
    return images == 0 ? new Interval(0, 0) : interval(resamples(images, seed, statistic));
  }

  /**
   * Returns a metric of every resample. Resamples of as many images by the same seed are the same,
   * so that two models can be compared resample by resample.
   *
   * @param images how many there are, at least 1
   * @param metric of images, given how often each was drawn
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

  /**
   * Returns the interval that the middle 95 % of the resamples take; [0, 0] if none is a number.
   */
  public static Interval interval(double[] resamples) {
    double[] sorted = Arrays.stream(resamples).filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0
        ? new Interval(0, 0)
        : new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  /** Returns the value of a rank, the nearest one. */
  public static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
