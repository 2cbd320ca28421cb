package io.deixis.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Expected calibration error: how far probabilities are from the share of positives, averaged over
 * bins of equal width and weighted by their cases (Guo et al., "On Calibration of Modern Neural
 * Networks", 2017). The bins are the reliability diagram.
 *
 * <p>Not thread-safe.
 */
public final class CalibrationError {

  private final long[] cases;
  private final long[] positives;
  private final double[] probabilities;

  /**
   * Creates the measure.
   *
   * @param bins how many bins [0, 1] is cut into, at least 1
   */
  public CalibrationError(int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("Calibration error needs a bin, not " + bins + ".");
    }
    cases = new long[bins];
    positives = new long[bins];
    probabilities = new double[bins];
  }

  /**
   * The cases of one bin.
   *
   * @param from its lower edge, included
   * @param to its upper edge, excluded unless it is 1
   * @param cases how many cases
   * @param probability their mean probability; 0 if there are none
   * @param positives their share of positives; 0 if there are none
   */
  public record Bin(double from, double to, long cases, double probability, double positives) {}

  /**
   * The outcome.
   *
   * @param error the expected calibration error, in [0, 1]; 0 without any case
   * @param bins the reliability diagram, from probability 0 to 1
   */
  public record Result(double error, List<Bin> bins) {

    /** Copies the list. */
    public Result {
      bins = List.copyOf(bins);
    }
  }

  /**
   * Takes in one case.
   *
   * @param probability in [0, 1]
   * @param positive its label
   * @throws IllegalArgumentException if the probability is out of its range
   */
  public void update(double probability, boolean positive) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("A probability is in [0, 1], not " + probability + ".");
    }
    int bin = Math.min((int) (probability * cases.length), cases.length - 1);
    cases[bin]++;
    probabilities[bin] += probability;
    if (positive) {
      positives[bin]++;
    }
  }

  /** Returns the error and the bins of all cases so far. */
  public Result compute() {
    List<Bin> bins = new ArrayList<>();
    double gaps = 0;
    long total = 0;
    for (int bin = 0; bin < cases.length; bin++) {
      bins.add(bin(bin));
      gaps += Math.abs(probabilities[bin] - positives[bin]);
      total += cases[bin];
    }
    return new Result(total == 0 ? 0 : gaps / total, bins);
  }

  private Bin bin(int bin) {
    double from = (double) bin / cases.length;
    double to = (double) (bin + 1) / cases.length;
    if (cases[bin] == 0) {
      return new Bin(from, to, 0, 0, 0);
    }
    return new Bin(
        from,
        to,
        cases[bin],
        probabilities[bin] / cases[bin],
        (double) positives[bin] / cases[bin]);
  }
}
