package io.deixis.runlog;

import io.deixis.charts.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A metric over the steps of a training, kept in so few points that it can be drawn however long
 * the training is: neighbours are averaged as it grows.
 *
 * <p>Not thread-safe.
 */
public final class Curve {

  /** A chart shows no more points than this apart. */
  private static final int MOST_POINTS = 160;

  private List<Mean> means = new ArrayList<>();
  private int perMean = 1;
  private double last;

  /** The mean of some values and of their places. */
  private record Mean(double x, double y, int values) {

    Mean with(Mean other) {
      int all = values + other.values;
      return new Mean(
          (x * values + other.x * other.values) / all,
          (y * values + other.y * other.values) / all,
          all);
    }
  }

  Curve copy() {
    Curve copy = new Curve();
    copy.means = new ArrayList<>(means);
    copy.perMean = perMean;
    copy.last = last;
    return copy;
  }

  /** Adds a value to the right of those before; one that is not finite is passed over. */
  void add(double x, double y) {
    if (!Double.isFinite(y)) {
      return;
    }
    last = y;
    Mean value = new Mean(x, y, 1);
    int end = means.size() - 1;
    if (end >= 0 && means.get(end).values() < perMean) {
      means.set(end, means.get(end).with(value));
    } else {
      means.add(value);
    }
    if (means.size() > MOST_POINTS) {
      halve();
    }
  }

  private void halve() {
    List<Mean> halved = new ArrayList<>();
    for (int i = 0; i < means.size(); i += 2) {
      halved.add(i + 1 < means.size() ? means.get(i).with(means.get(i + 1)) : means.get(i));
    }
    means = halved;
    perMean *= 2;
  }

  /** Returns whether there is no value yet. */
  public boolean isEmpty() {
    return means.isEmpty();
  }

  /** Returns the value added last; 0 if there is none. */
  public double last() {
    return last;
  }

  /** Returns the lowest mean. */
  double lowest() {
    return means.stream().mapToDouble(Mean::y).min().orElse(0);
  }

  /** Returns the highest mean. */
  double highest() {
    return means.stream().mapToDouble(Mean::y).max().orElse(0);
  }

  /**
   * Returns the means as points of a chart.
   *
   * @param name of the metric
   * @param format of its values
   */
  List<Point> points(String name, DoubleFunction<String> format) {
    return means.stream()
        .map(
            mean ->
                new Point(
                    mean.x(),
                    mean.y(),
                    String.format(
                        Locale.ROOT,
                        "%s %s at step %,.0f%s",
                        name,
                        format.apply(mean.y()),
                        mean.x(),
                        mean.values() > 1 ? ", mean of " + mean.values() : "")))
        .toList();
  }
}
