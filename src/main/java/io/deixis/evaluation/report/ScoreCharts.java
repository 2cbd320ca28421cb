package io.deixis.evaluation.report;

import io.deixis.charts.Axis;
import io.deixis.charts.Chart;
import io.deixis.charts.ChartLayout;
import io.deixis.charts.Point;
import io.deixis.charts.Series;
import io.deixis.metrics.AbsenceMetrics;
import io.deixis.metrics.CalibrationError;
import io.deixis.metrics.ConfusionMatrix;
import io.deixis.metrics.Histogram;
import io.deixis.metrics.ScoreDistribution;
import io.deixis.metrics.ScoreMetrics;
import io.deixis.metrics.ThresholdSweep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Charts of how scores of right and of wrong boxes spread, and of what thresholds decide. */
public final class ScoreCharts {

  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int THIRD = 3;

  /** A curve ends where fewer boxes than this are accepted: precision is chance there. */
  private static final int LEAST_ACCEPTED = 5;

  /** Steps of a distribution that one bar takes together. */
  private static final int STEPS_PER_BAR = 4;

  private ScoreCharts() {}

  /** Returns all charts that tell right boxes from wrong ones, the model's threshold marked. */
  static List<ChartLayout> all(ScoreMetrics scores) {
    return Stream.of(
            precisionRecall(scores),
            f1(scores),
            histograms(
                "Scores of right and of wrong boxes",
                "right boxes",
                scores.positiveScores(),
                "wrong boxes",
                scores.negativeScores(),
                scores.natural().threshold()),
            reliability(scores))
        .map(ChartLayout::of)
        .toList();
  }

  /** Returns how scores of right and of wrong boxes spread, a threshold as the only guide. */
  public static ChartLayout scores(ScoreDistribution scores, double threshold) {
    return ChartLayout.of(
        histograms(
            "Scores of right and of wrong boxes",
            "right boxes",
            coarse(scores.right()),
            "wrong boxes",
            coarse(scores.wrong()),
            threshold));
  }

  /** Returns precision, recall and F1 against the threshold, which is the only guide. */
  public static ChartLayout decisions(ScoreDistribution scores, double threshold) {
    List<ThresholdSweep.Point> curve =
        IntStream.rangeClosed(0, ScoreDistribution.STEPS)
            .mapToObj(
                step ->
                    new ThresholdSweep.Point(
                        (double) step / ScoreDistribution.STEPS, scores.at(step)))
            .toList();
    List<Series> series = new ArrayList<>(byThreshold(curve));
    series.add(guide("threshold", threshold, 1));
    return ChartLayout.of(
        new Chart("Precision, recall and F1", Axis.unit("threshold"), Axis.unit(""), series));
  }

  /** Returns how best scores of present and of absent phrases spread. */
  static ChartLayout absence(AbsenceMetrics absence, double threshold) {
    return ChartLayout.of(
        histograms(
            "Best scores of present and of absent phrases",
            "in the image",
            absence.presentScores(),
            "not in the image",
            absence.absentScores(),
            threshold));
  }

  /** Returns the share of right boxes against their score; with dots, one line as one series. */
  static List<Series> reliability(String name, String legend, int hue, CalibrationError.Result of) {
    List<Point> points =
        of.bins().stream()
            .filter(bin -> bin.cases() > 0)
            .map(
                bin ->
                    new Point(
                        bin.probability(),
                        bin.positives(),
                        "%s: %s boxes with mean score %s, of which %s %% are right"
                            .formatted(
                                name,
                                Printed.count(bin.cases()),
                                Printed.score(bin.probability()),
                                Printed.percent(bin.positives()))))
            .toList();
    return List.of(Series.line(legend, hue, points), Series.dots("", hue, points));
  }

  /** Returns a chart of lines made by {@link #reliability}. */
  static Chart calibration(List<Series> lines) {
    List<Series> series = new ArrayList<>();
    series.add(Series.guide("perfect", new Point(0, 0, ""), new Point(1, 1, "")));
    series.addAll(lines);
    return new Chart(
        "Calibration",
        Axis.unit("mean score of the bin"),
        Axis.unit("share of right boxes"),
        series);
  }

  private static Chart reliability(ScoreMetrics scores) {
    List<Series> lines = new ArrayList<>();
    lines.addAll(reliability("before", ece("before", scores.before()), SECOND, scores.before()));
    lines.addAll(reliability("after", ece("after", scores.after()), FIRST, scores.after()));
    return calibration(lines);
  }

  private static String ece(String when, CalibrationError.Result result) {
    return "%s (ECE %s)".formatted(when, Printed.score(result.error()));
  }

  private static Chart precisionRecall(ScoreMetrics scores) {
    return new Chart(
        "Precision and recall",
        Axis.unit("recall"),
        Axis.unit("precision"),
        List.of(
            Series.line(
                "",
                FIRST,
                accepting(scores.curve())
                    .map(point -> precisionRecall(point, "threshold "))
                    .toList()),
            Series.dots(
                "model's threshold",
                SECOND,
                List.of(precisionRecall(scores.natural(), "model's threshold, ")))));
  }

  private static Point precisionRecall(ThresholdSweep.Point point, String prefix) {
    ConfusionMatrix matrix = point.matrix();
    return new Point(
        matrix.recall(),
        matrix.precision(),
        "%s%s: precision %s, recall %s"
            .formatted(
                prefix,
                Printed.level(point.threshold()),
                Printed.score(matrix.precision()),
                Printed.score(matrix.recall())));
  }

  /** The best F1 and the model's own are marked. */
  private static Chart f1(ScoreMetrics scores) {
    ThresholdSweep.Point tuned = scores.tuned();
    double best = tuned.matrix().f1();
    List<Series> series = new ArrayList<>();
    series.add(guide("model's threshold", scores.natural().threshold(), 1));
    series.addAll(byThreshold(scores.curve()));
    series.add(
        Series.dots(
            "best F1",
            FIRST,
            List.of(
                new Point(
                    tuned.threshold(),
                    best,
                    "best F1 %s at %s"
                        .formatted(Printed.score(best), Printed.score(tuned.threshold()))))));
    return new Chart("F1 against threshold", Axis.unit("threshold"), Axis.unit(""), series);
  }

  private static List<Series> byThreshold(List<ThresholdSweep.Point> curve) {
    return List.of(
        byThreshold("precision", SECOND, curve, ConfusionMatrix::precision),
        byThreshold("recall", THIRD, curve, ConfusionMatrix::recall),
        byThreshold("F1", FIRST, curve, ConfusionMatrix::f1));
  }

  private static Series byThreshold(
      String name,
      int hue,
      List<ThresholdSweep.Point> curve,
      ToDoubleFunction<ConfusionMatrix> figure) {
    return Series.line(
        name,
        hue,
        accepting(curve)
            .map(
                point -> {
                  double value = figure.applyAsDouble(point.matrix());
                  return new Point(
                      point.threshold(),
                      value,
                      "%s %s at %s"
                          .formatted(name, Printed.score(value), Printed.level(point.threshold())));
                })
            .toList());
  }

  private static Stream<ThresholdSweep.Point> accepting(List<ThresholdSweep.Point> curve) {
    return curve.stream()
        .filter(
            point ->
                point.matrix().truePositives() + point.matrix().falsePositives() >= LEAST_ACCEPTED);
  }

  private static Chart histograms(
      String title, String one, Histogram ones, String other, Histogram others, double threshold) {
    Axis shares =
        Axis.percent(
            "share of their kind",
            Math.max(Collections.max(ones.shares()), Collections.max(others.shares())));
    return new Chart(
        title,
        Axis.unit("calibrated score"),
        shares,
        List.of(
            bars(one, FIRST, ones),
            bars(other, SECOND, others),
            guide("threshold", threshold, shares.to())));
  }

  private static Series bars(String name, int hue, Histogram histogram) {
    List<Double> shares = histogram.shares();
    double width = 1.0 / shares.size();
    return Series.bars(
        name,
        hue,
        width,
        IntStream.range(0, shares.size())
            .mapToObj(
                bin ->
                    new Point(
                        bin * width,
                        shares.get(bin),
                        "%s %% of %s (%s) have a score from %s to %s"
                            .formatted(
                                Printed.percent(shares.get(bin)),
                                name,
                                Printed.count(histogram.counts().get(bin)),
                                Printed.level(bin * width),
                                Printed.level((bin + 1) * width))))
            .toList());
  }

  private static Histogram coarse(Histogram fine) {
    return new Histogram(
        IntStream.range(0, fine.counts().size() / STEPS_PER_BAR)
            .mapToObj(
                bar ->
                    fine.counts().subList(bar * STEPS_PER_BAR, (bar + 1) * STEPS_PER_BAR).stream()
                        .mapToLong(Long::longValue)
                        .sum())
            .toList());
  }

  private static Series guide(String name, double threshold, double to) {
    return Series.guide(name, new Point(threshold, 0, ""), new Point(threshold, to, ""));
  }
}
