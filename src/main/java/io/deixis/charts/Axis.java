package io.deixis.charts;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * An axis of a chart.
 *
 * @param label what it measures, its unit included
 * @param from the value where it begins
 * @param to the value where it ends, greater than {@code from}
 * @param ticks the values that are written on it
 */
public record Axis(String label, double from, double to, List<Tick> ticks) {

  /**
   * A place on an axis.
   *
   * @param value in the axis' unit
   * @param text how it is written
   */
  public record Tick(double value, String text) {}

  /** About so many ticks tell values apart without crowding. */
  private static final int TICKS = 5;

  /** Numbers with more decimals are written with an exponent. */
  private static final int MOST_DECIMALS = 3;

  /**
   * Copies the ticks.
   *
   * @throws IllegalArgumentException if the axis is empty
   */
  public Axis {
    ticks = List.copyOf(ticks);
    if (!(to > from)) {
      throw new IllegalArgumentException("An axis goes up, not from " + from + " to " + to + ".");
    }
  }

  /** Returns an axis from 0 to 1 with a tick at every fifth. */
  public static Axis unit(String label) {
    return ticked(label, 1, TICKS, value -> String.format(Locale.ROOT, "%.1f", value));
  }

  /**
   * Returns an axis from 0 to a round number of percent.
   *
   * @param most the highest share to be seen, in [0, 1]
   */
  public static Axis percent(String label, double most) {
    double step = roundStep(Math.max(most, 0.01) / TICKS);
    int steps = (int) Math.ceil(Math.max(most, 0.01) / step - 1e-9);
    String format = step < 0.01 ? "%.1f %%" : "%.0f %%";
    return ticked(
        label, steps * step, steps, value -> String.format(Locale.ROOT, format, 100 * value));
  }

  /**
   * Returns an axis over a range, its ends moved out to round numbers.
   *
   * @param low the lowest value to be seen
   * @param high the highest value to be seen, greater than {@code low}
   */
  public static Axis over(String label, double low, double high) {
    double step = roundStep((high - low) / TICKS);
    long first = (long) Math.floor(low / step + 1e-9);
    long last = (long) Math.ceil(high / step - 1e-9);
    return new Axis(
        label,
        first * step,
        last * step,
        LongStream.rangeClosed(first, last)
            .mapToObj(tick -> new Tick(tick * step, round(tick * step, step)))
            .toList());
  }

  /** Writes a multiple of a round step with no more digits than it needs. */
  private static String round(double value, double step) {
    if (step >= 1) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    int decimals = (int) Math.ceil(-Math.log10(step) - 1e-9);
    if (decimals > MOST_DECIMALS) {
      return value == 0 ? "0" : String.format(Locale.ROOT, "%.0e", value);
    }
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static Axis ticked(String label, double to, int steps, DoubleFunction<String> format) {
    return new Axis(
        label,
        0,
        to,
        IntStream.rangeClosed(0, steps)
            .mapToDouble(step -> to * step / steps)
            .mapToObj(value -> new Tick(value, format.apply(value)))
            .toList());
  }

  /** Returns the least of 1, 2 or 5 times a power of ten that is not less than {@code step}. */
  private static double roundStep(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= step * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
