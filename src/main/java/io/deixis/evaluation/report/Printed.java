package io.deixis.evaluation.report;

import io.deixis.metrics.Interval;
import java.util.Locale;

/** Numbers as reports and pages print them. */
public final class Printed {

  private Printed() {}

  /** Returns a count with its thousands set apart. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Returns a share in percent with one decimal, without the sign. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** Returns an interval of shares in percent. */
  public static String percent(Interval interval) {
    return percent(interval.low()) + " – " + percent(interval.high());
  }

  /** Returns a score or a share with three decimals. */
  public static String score(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** Returns a number with one decimal if it has any. */
  public static String plain(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  /** Returns a threshold, an IoU or a bin's edge with two decimals. */
  public static String level(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
