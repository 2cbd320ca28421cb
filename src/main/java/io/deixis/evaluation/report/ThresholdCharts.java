package io.deixis.evaluation.report;

import io.deixis.charts.Axis;
import io.deixis.charts.Chart;
import io.deixis.charts.ChartLayout;
import io.deixis.charts.Point;
import io.deixis.charts.Series;
import io.deixis.metrics.ConfusionMatrix;
import io.deixis.metrics.Histogram;
import io.deixis.metrics.ScoreDistribution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Charts of what a threshold decides, the threshold drawn in as their only guide. */
public final class ThresholdCharts {

  /** Steps of a distribution that one bar takes together. */
  private static final int STEPS_PER_BAR = 4;

  /** A curve ends where fewer boxes than this are accepted. */
  private static final int LEAST_ACCEPTED = 5;

  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int THIRD = 3;

  private ThresholdCharts() {}

  /** Returns how scores of right and of wrong boxes spread. */
  public static ChartLayout scores(ScoreDistribution scores, double threshold) {
    List<Double> right = shares(scores.right());
    List<Double> wrong = shares(scores.wrong());
    Axis shares =
        Axis.percent(
            "share of their kind", Math.max(Collections.max(right), Collections.max(wrong)));
    return ChartLayout.of(
        new Chart(
            "Scores of right and of wrong boxes",
            Axis.unit("score"),
            shares,
            List.of(
                bars("right boxes", FIRST, right),
                bars("wrong boxes", SECOND, wrong),
                guide(threshold, shares.to()))));
  }

  /** Returns precision, recall and F1 against the threshold. */
  public static ChartLayout figures(ScoreDistribution scores, double threshold) {
    return ChartLayout.of(
        new Chart(
            "Precision, recall and F1",
            Axis.unit("threshold"),
            Axis.unit(""),
            List.of(
                line("precision", SECOND, scores, ConfusionMatrix::precision),
                line("recall", THIRD, scores, ConfusionMatrix::recall),
                line("F1", FIRST, scores, ConfusionMatrix::f1),
                guide(threshold, 1))));
  }

  private static List<Double> shares(Histogram histogram) {
    List<Double> fine = histogram.shares();
    return IntStream.range(0, fine.size() / STEPS_PER_BAR)
        .mapToObj(
            bar ->
                fine.subList(bar * STEPS_PER_BAR, (bar + 1) * STEPS_PER_BAR).stream()
                    .mapToDouble(Double::doubleValue)
                    .sum())
        .toList();
  }

  private static Series bars(String name, int hue, List<Double> shares) {
    double width = 1.0 / shares.size();
    List<Point> points = new ArrayList<>();
    for (int bar = 0; bar < shares.size(); bar++) {
      points.add(
          new Point(
              bar * width,
              shares.get(bar),
              "%s %% of %s have a score from %s to %s"
                  .formatted(
                      Printed.percent(shares.get(bar)),
                      name,
                      Printed.level(bar * width),
                      Printed.level((bar + 1) * width))));
    }
    return Series.bars(name, hue, width, points);
  }

  private static Series line(
      String name, int hue, ScoreDistribution scores, ToDoubleFunction<ConfusionMatrix> figure) {
    List<Point> points = new ArrayList<>();
    for (int step = 0; step <= ScoreDistribution.STEPS; step++) {
      ConfusionMatrix matrix = scores.at(step);
      if (matrix.truePositives() + matrix.falsePositives() >= LEAST_ACCEPTED) {
        double threshold = (double) step / ScoreDistribution.STEPS;
        double value = figure.applyAsDouble(matrix);
        points.add(
            new Point(
                threshold,
                value,
                "%s %s at %s".formatted(name, Printed.score(value), Printed.level(threshold))));
      }
    }
    return Series.line(name, hue, points);
  }

  private static Series guide(double threshold, double to) {
    return Series.guide("threshold", new Point(threshold, 0, ""), new Point(threshold, to, ""));
  }
}
