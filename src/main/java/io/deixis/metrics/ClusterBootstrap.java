package io.deixis.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The 95 % percentile interval of a statistic, by resampling whole images: phrases of one image are
 * not independent of each other (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993).
 */
final class ClusterBootstrap {

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
        times -> {
          long hit = 0;
          long total = 0;
          for (int image = 0; image < times.length; image++) {
            hit += (long) times[image] * hits[image];
            total += (long) times[image] * totals[image];
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
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[images == 0 ? 0 : RESAMPLES];
    for (int resample = 0; resample < values.length; resample++) {
      int[] times = new int[images];
      for (int draw = 0; draw < images; draw++) {
        times[random.nextInt(images)]++;
      }
      values[resample] = statistic.applyAsDouble(times);
    }
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0
        ? new Interval(0, 0)
        : new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  /** Returns the value of a rank, the nearest one. */
  static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
