package io.deixis.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The 95 % percentile interval of a share, by resampling whole images: phrases of one image are not
 * independent of each other (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993).
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
    int images = totals.length;
    if (images == 0) {
      return new Interval(0, 0);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] shares = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      long hit = 0;
      long total = 0;
      for (int draw = 0; draw < images; draw++) {
        int image = random.nextInt(images);
        hit += hits[image];
        total += totals[image];
      }
      shares[resample] = (double) hit / total;
    }
    Arrays.sort(shares);
    return new Interval(quantile(shares, TAIL), quantile(shares, 1 - TAIL));
  }

  /** Returns the value of a rank, the nearest one. */
  static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
