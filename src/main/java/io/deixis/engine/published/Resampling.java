package io.deixis.engine.published;

import io.deixis.engine.image.UprightImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.function.DoubleUnaryOperator;

/**
 * Resizing as the image processors of published models do it, to the last step of 255: each axis is
 * a sum of weighted pixels, across first, then down.
 *
 * @param first for each pixel of the output the first pixel of the input that it takes
 * @param weights for each pixel of the output the weights from there on; whole numbers if {@code
 *     bits} is not 0
 * @param bits of the fraction of fixed-point weights, with which every pass ends in whole steps; 0
 *     for single precision
 */
record Resampling(int[] first, double[][] weights, int bits) {

  /** Weights of a fixed-point pass are below 2^15. */
  private static final int WEIGHT_BITS = 15;

  private static final int MOST_FRACTION_BITS = 22;

  /** The parameter of cubic convolution (Keys, 1981), as Pillow and PyTorch have it. */
  private static final double CUBIC = -0.5;

  /** Returns the weights of antialiased bilinear resizing, which are in single precision. */
  static Resampling bilinear(int in, int out) {
    return antialiased(in, out, x -> Math.max(0, 1 - Math.abs(x)), 1, x -> (float) x);
  }

  /** Returns the weights of antialiased bicubic resizing, as fixed-point numbers. */
  static Resampling bicubic(int in, int out) {
    return antialiased(in, out, Resampling::cubic, 2, x -> x).fixedPoint();
  }

  private static double cubic(double x) {
    double a = Math.abs(x);
    if (a < 1) {
      return ((CUBIC + 2) * a - (CUBIC + 3)) * a * a + 1;
    }
    return a < 2 ? (((a - 5) * a + 8) * a - 4) * CUBIC : 0;
  }

  /**
   * Returns the weights of antialiased resizing as Pillow and PyTorch have it: a filter, widened by
   * the factor of a reduction.
   *
   * @param in pixels of the input
   * @param out pixels of the output
   * @param filter even, 0 beyond its support
   * @param support of the filter
   * @param precision rounds every number as PyTorch does, so that ties are rounded alike
   */
  private static Resampling antialiased(
      int in, int out, DoubleUnaryOperator filter, double support, DoubleUnaryOperator precision) {
    double scale = precision.applyAsDouble((double) in / out);
    double reach = scale >= 1 ? precision.applyAsDouble(support * scale) : support;
    double inverse = scale >= 1 ? precision.applyAsDouble(1 / scale) : 1;
    int[] first = new int[out];
    double[][] weights = new double[out][];
    for (int i = 0; i < out; i++) {
      double centre = precision.applyAsDouble(scale * (i + 0.5));
      first[i] = Math.max(0, (int) (precision.applyAsDouble(centre - reach) + 0.5));
      int end = Math.min(in, (int) (precision.applyAsDouble(centre + reach) + 0.5));
      double sum = 0;
      double[] own = new double[end - first[i]];
      for (int j = 0; j < own.length; j++) {
        double distance = precision.applyAsDouble(j + first[i] - centre) + 0.5;
        double at = precision.applyAsDouble(distance * inverse);
        own[j] = precision.applyAsDouble(filter.applyAsDouble(at));
        sum = precision.applyAsDouble(sum + own[j]);
      }
      for (int j = 0; j < own.length; j++) {
        own[j] = precision.applyAsDouble(own[j] / sum);
      }
      weights[i] = own;
    }
    return new Resampling(first, weights, 0);
  }

  /**
   * PyTorch resizes 8-bit images bicubically like this, with weights of 16 bits made of double
   * ones.
   */
  private Resampling fixedPoint() {
    double most = Arrays.stream(weights).flatMapToDouble(Arrays::stream).max().orElse(1);
    int bits = 0;
    while (bits < MOST_FRACTION_BITS && (int) (0.5 + most * (1 << bits + 1)) < 1 << WEIGHT_BITS) {
      bits++;
    }
    int one = 1 << bits;
    double[][] whole =
        Arrays.stream(weights)
            .map(
                own ->
                    Arrays.stream(own)
                        .map(weight -> (int) (Math.copySign(0.5, weight) + weight * one))
                        .toArray())
            .toArray(double[][]::new);
    return new Resampling(first, whole, bits);
  }

  /** Takes the pixel at the centre of each one of the output. */
  static Resampling nearest(int in, int out) {
    int[] first = new int[out];
    for (int i = 0; i < out; i++) {
      first[i] = Math.min(in - 1, (int) ((i + 0.5f) * ((float) in / out)));
    }
    return new Resampling(
        first, Collections.nCopies(out, new double[] {1}).toArray(double[][]::new), 0);
  }

  /**
   * Returns the weights of OWLv2's resizing: a Gaussian blur with mirrored edges, then bilinear
   * interpolation, both exact.
   *
   * @param in pixels of the input
   * @param padded pixels of the input with black ones behind it
   * @param out pixels of the output
   * @param sigma of the blur, in pixels of the input; 0 for none
   */
  static Resampling blurred(int in, int padded, int out, float sigma) {
    double scale = (double) padded / out;
    double[] blur = gaussian(sigma);
    int reach = blur.length / 2;
    int[] first = new int[out];
    double[][] weights = new double[out][];
    double[] sums = new double[padded];
    for (int i = 0; i < out; i++) {
      double at = Math.max(0, scale * (i + 0.5) - 0.5);
      int left = Math.min((int) at, padded - 1);
      int right = Math.min(left + 1, padded - 1);
      int from = padded;
      int to = 0;
      for (int tap = 0; tap < 2; tap++) {
        for (int k = -reach; k <= reach; k++) {
          int source = mirrored((tap == 0 ? left : right) + k, padded);
          sums[source] += (tap == 0 ? 1 - (at - left) : at - left) * blur[k + reach];
          from = Math.min(from, source);
          to = Math.max(to, source + 1);
        }
      }
      first[i] = Math.min(from, in);
      weights[i] = Arrays.copyOfRange(sums, first[i], Math.max(first[i], Math.min(to, in)));
      Arrays.fill(sums, from, to, 0);
    }
    return new Resampling(first, weights, 0);
  }

  private static double[] gaussian(float sigma) {
    int reach = (int) Math.ceil(3 * sigma); // in single precision, as the library has it
    double[] kernel = new double[2 * reach + 1];
    for (int k = -reach; k <= reach; k++) {
      kernel[k + reach] = sigma == 0 ? 1 : Math.exp(-k * k / (2.0 * sigma * sigma));
    }
    double sum = Arrays.stream(kernel).sum();
    return Arrays.stream(kernel).map(weight -> weight / sum).toArray();
  }

  /** Mirrors at the outermost pixels, which are not repeated. */
  private static int mirrored(int index, int count) {
    if (count == 1) {
      return 0;
    }
    int period = 2 * count - 2;
    int within = Math.floorMod(index, period);
    return within < count ? within : period - within;
  }

  /**
   * Resizes an image.
   *
   * @return for each pixel, row by row, red, green and blue in 0..255
   */
  static double[] apply(UprightImage image, Resampling across, Resampling down) {
    int width = 3 * across.first.length;
    int height = down.first.length;
    double[] resized = new double[width * height];
    double[] row = new double[width];
    int open = 0;
    for (int y = 0; y < image.height(); y++) {
      while (open < height && down.first[open] + down.weights[open].length <= y) {
        open++;
      }
      if (open == height || down.first[open] > y) {
        continue;
      }
      across.row(image, y, row);
      for (int out = open; out < height && down.first[out] <= y; out++) {
        if (y - down.first[out] < down.weights[out].length) {
          double weight = down.weights[out][y - down.first[out]];
          for (int i = out * width; i < (out + 1) * width; i++) {
            resized[i] = down.added(resized[i], weight * row[i - out * width]);
          }
        }
      }
    }
    down.settle(resized);
    return resized;
  }

  private void row(UprightImage image, int y, double[] row) {
    byte[] rgb = image.rgb();
    for (int out = 0; out < first.length; out++) {
      double red = 0;
      double green = 0;
      double blue = 0;
      int at = 3 * (y * image.width() + first[out]);
      for (double weight : weights[out]) {
        red = added(red, weight * (rgb[at] & 0xff));
        green = added(green, weight * (rgb[at + 1] & 0xff));
        blue = added(blue, weight * (rgb[at + 2] & 0xff));
        at += 3;
      }
      row[3 * out] = red;
      row[3 * out + 1] = green;
      row[3 * out + 2] = blue;
    }
    settle(row);
  }

  /**
   * Fixed-point sums are exact; others are those of single precision, where a product is added
   * before it is rounded (fused multiply-add), as PyTorch does it.
   */
  private double added(double sum, double product) {
    return bits > 0 ? sum + product : (float) (sum + product);
  }

  /** Rounds fixed-point sums to whole steps. */
  private void settle(double[] sums) {
    if (bits > 0) {
      for (int i = 0; i < sums.length; i++) {
        long step = (long) sums[i] + (1L << bits - 1) >> bits;
        sums[i] = Math.max(0, Math.min(255, step));
      }
    }
  }
}
