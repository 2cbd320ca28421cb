package io.deixis.runlog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The metrics of one stage of a training.
 *
 * <p>Not thread-safe.
 */
public final class StageCurves {

  private final String name;
  private final Map<String, Curve> curves = new LinkedHashMap<>();
  private long step;
  private int epoch;

  StageCurves(String name) {
    this.name = name;
  }

  StageCurves copy() {
    StageCurves copy = new StageCurves(name);
    copy.step = step;
    copy.epoch = epoch;
    curves.forEach((metric, curve) -> copy.curves.put(metric, curve.copy()));
    return copy;
  }

  void add(int newEpoch, long newStep, String metric, double value) {
    epoch = newEpoch;
    step = newStep;
    curves.computeIfAbsent(metric, any -> new Curve()).add(newStep, value);
  }

  /** Returns the stage's name. */
  public String name() {
    return name;
  }

  /** Returns the last step that was logged. */
  public long step() {
    return step;
  }

  /** Returns the epoch of the last step that was logged, counted from 1. */
  public int epoch() {
    return epoch;
  }

  /** Returns the columns of the stage's loss terms. */
  public List<String> terms() {
    return MetricsTable.termsAmong(List.copyOf(curves.keySet()));
  }

  /**
   * Returns the last value of a metric as text; blank if there is none.
   *
   * @param factor that the value is multiplied by
   * @param format of the product
   */
  public String last(String metric, double factor, String format) {
    Curve curve = curve(metric);
    return curve.isEmpty() ? "" : String.format(Locale.ROOT, format, factor * curve.last());
  }

  /** Returns the curve of a metric, by its column; an empty one if it has no values. */
  public Curve curve(String metric) {
    return curves.getOrDefault(metric, new Curve());
  }
}
