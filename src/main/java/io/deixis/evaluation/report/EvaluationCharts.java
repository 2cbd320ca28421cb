package io.deixis.evaluation.report;

import io.deixis.charts.Axis;
import io.deixis.charts.Chart;
import io.deixis.charts.Point;
import io.deixis.charts.Series;
import io.deixis.metrics.AbsenceMetrics;
import io.deixis.metrics.CalibrationError;
import io.deixis.metrics.ConfusionMatrix;
import io.deixis.metrics.Histogram;
import io.deixis.metrics.ScoreMetrics;
import io.deixis.metrics.ThresholdSweep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The charts of an evaluation. */
final class EvaluationCharts {

  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int THIRD = 3;

  /** A curve ends where fewer boxes than this are accepted. */
  private static final int LEAST_ACCEPTED = 5;

  private EvaluationCharts() {}

  /** Precision against recall as the threshold moves, the model's threshold marked. */
  static Chart precisionRecall(ScoreMetrics scores) {
    List<Point> curve =
        scores.curve().stream()
            .filter(EvaluationCharts::acceptsSome)
            .map(point -> precisionRecall(point, "threshold "))
            .toList();
    return new Chart(
        "Precision and recall",
        Axis.unit("recall"),
        Axis.unit("precision"),
        List.of(
            Series.line("", FIRST, curve),
            Series.dots(
                "model's threshold",
                SECOND,
                List.of(precisionRecall(scores.natural(), "model's threshold, ")))));
  }

  /** Precision, recall and F1 against the threshold, the best F1 and the model's own marked. */
  static Chart f1(ScoreMetrics scores) {
    ThresholdSweep.Point tuned = scores.tuned();
    double used = scores.natural().threshold();
    return new Chart(
        "F1 against threshold",
        Axis.unit("threshold"),
        Axis.unit(""),
        List.of(
            Series.guide("model's threshold", at(used, 0), at(used, 1)),
            byThreshold("precision", SECOND, scores, ConfusionMatrix::precision),
            byThreshold("recall", THIRD, scores, ConfusionMatrix::recall),
            byThreshold("F1", FIRST, scores, ConfusionMatrix::f1),
            Series.dots(
                "best F1",
                FIRST,
                List.of(
                    new Point(
                        tuned.threshold(),
                        tuned.matrix().f1(),
                        "best F1 %s at %s"
                            .formatted(
                                Printed.score(tuned.matrix().f1()),
                                Printed.score(tuned.threshold())))))));
  }

  /** The share of right boxes against their score, before and after calibration. */
  static Chart reliability(ScoreMetrics scores) {
    return new Chart(
        "Calibration",
        Axis.unit("mean score of the bin"),
        Axis.unit("share of right boxes"),
        List.of(
            Series.guide("perfect", at(0, 0), at(1, 1)),
            reliability("before", SECOND, scores.before()),
            reliability("after", FIRST, scores.after()),
            Series.dots("", SECOND, reliability("before", SECOND, scores.before()).points()),
            Series.dots("", FIRST, reliability("after", FIRST, scores.after()).points())));
  }

  /** How scores of right and of wrong boxes spread. */
  static Chart scores(ScoreMetrics scores) {
    return histograms(
        "Scores of right and of wrong boxes",
        "of their kind",
        new Bars("right boxes", scores.positiveScores()),
        new Bars("wrong boxes", scores.negativeScores()),
        scores.natural().threshold());
  }

  /** How best scores of present and of absent phrases spread. */
  static Chart absence(AbsenceMetrics absence, double threshold) {
    return histograms(
        "Best scores of present and of absent phrases",
        "of their kind",
        new Bars("in the image", absence.presentScores()),
        new Bars("not in the image", absence.absentScores()),
        threshold);
  }

  private record Bars(String name, Histogram histogram) {}

  private static Chart histograms(
      String title, String unit, Bars first, Bars second, double threshold) {
    double most =
        Stream.of(first, second)
            .map(bars -> Collections.max(bars.histogram().shares()))
            .reduce(0.0, Math::max);
    Axis shares = Axis.percent("share " + unit, most);
    return new Chart(
        title,
        Axis.unit("calibrated score"),
        shares,
        List.of(
            bars(first, FIRST),
            bars(second, SECOND),
            Series.guide("threshold", at(threshold, 0), at(threshold, shares.to()))));
  }

  private static Series bars(Bars bars, int hue) {
    List<Double> shares = bars.histogram().shares();
    double width = 1.0 / shares.size();
    List<Point> points = new ArrayList<>();
    for (int bin = 0; bin < shares.size(); bin++) {
      points.add(
          new Point(
              bin * width,
              shares.get(bin),
              "%s, score %s to %s: %s (%s %%)"
                  .formatted(
                      bars.name(),
                      Printed.level(bin * width),
                      Printed.level((bin + 1) * width),
                      Printed.count(bars.histogram().counts().get(bin)),
                      Printed.percent(shares.get(bin)))));
    }
    return Series.bars(bars.name(), hue, width, points);
  }

  private static Series byThreshold(
      String name, int hue, ScoreMetrics scores, ToDoubleFunction<ConfusionMatrix> figure) {
    return Series.line(
        name,
        hue,
        scores.curve().stream()
            .filter(EvaluationCharts::acceptsSome)
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

  private static Series reliability(String when, int hue, CalibrationError.Result result) {
    return Series.line(
        "%s (ECE %s)".formatted(when, Printed.score(result.error())),
        hue,
        result.bins().stream()
            .filter(bin -> bin.cases() > 0)
            .map(
                bin ->
                    new Point(
                        bin.probability(),
                        bin.positives(),
                        "%s: %s boxes with mean score %s, of which %s %% are right"
                            .formatted(
                                when,
                                Printed.count(bin.cases()),
                                Printed.score(bin.probability()),
                                Printed.percent(bin.positives()))))
            .toList());
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

  /** Where hardly any box is accepted, precision is chance. */
  private static boolean acceptsSome(ThresholdSweep.Point point) {
    return point.matrix().truePositives() + point.matrix().falsePositives() >= LEAST_ACCEPTED;
  }

  private static Point at(double x, double y) {
    return new Point(x, y, "");
  }
}
