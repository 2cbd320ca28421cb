package io.deixis.evaluation.report;

import io.deixis.charts.ChartLayout;
import io.deixis.evaluation.report.Table.Cell;
import io.deixis.evaluation.report.Table.Row;
import io.deixis.metrics.Ablation;
import io.deixis.metrics.BundleEvaluation;
import io.deixis.metrics.ConfusionMatrix;
import io.deixis.metrics.RecallReport;
import io.deixis.metrics.ScoreDistribution;
import io.deixis.metrics.ScoreMetrics;
import io.deixis.metrics.ScoreReport;
import io.deixis.metrics.ThresholdSweep;
import java.util.ArrayList;
import java.util.List;

/**
 * How a bundle was judged, as its page shows it. What the bundle does not tell is null or empty.
 *
 * @param subject what Recall@k was measured on, one sentence
 * @param recalls Recall@k by protocol
 * @param absent how well absent phrases are recognised; null if it was not recorded
 * @param scores how scores tell right boxes from wrong ones
 * @param ablation the metrics of variants of the model; null if they are not known
 */
public record ModelMetrics(
    String subject,
    List<Table> recalls,
    EvaluationPage.AbsentPhrases absent,
    Scores scores,
    Table ablation) {

  /**
   * How scores tell right boxes from wrong ones.
   *
   * @param subject what they were measured on
   * @param threshold the model's, two decimals
   * @param confusion the decisions at the threshold
   * @param ratios precision, recall and F1 as boxes come and with as many wrong as right ones
   * @param charts curves, histogram and calibration
   */
  public record Scores(
      String subject,
      String threshold,
      EvaluationPage.Confusion confusion,
      Table ratios,
      List<ChartLayout> charts) {}

  /**
   * Prepares what a bundle tells.
   *
   * @param threshold the model's, a calibrated score
   */
  public static ModelMetrics of(BundleEvaluation evaluation, double threshold) {
    RecallReport recall = evaluation.recall();
    return new ModelMetrics(
        recall == null
            ? null
            : "%s phrases in %s sentences of %s validation images."
                .formatted(
                    Printed.count(recall.score().anyBox().all().phrases()),
                    Printed.count(recall.score().sentences()),
                    Printed.count(recall.score().images())),
        recall == null
            ? List.of()
            : List.of(
                Table.of(recall.score().anyBox(), recall.candidates()),
                Table.of(recall.score().mergedBoxes(), null)),
        recall == null || recall.absent() == null
            ? null
            : EvaluationPage.AbsentPhrases.of(recall.absent()),
        evaluation.scores() == null ? null : scores(evaluation.scores(), threshold),
        evaluation.ablation().isEmpty() ? null : ablation(evaluation.ablation()));
  }

  /** The report may have been written for another threshold than the model's of today. */
  private static Scores scores(ScoreReport report, double threshold) {
    int step = (int) Math.round(threshold * ScoreDistribution.STEPS);
    ConfusionMatrix natural = report.all().at(step);
    ScoreMetrics told = report.figures();
    ScoreMetrics metrics =
        new ScoreMetrics(
            told.positives(),
            told.negatives(),
            new ThresholdSweep.Point((double) step / ScoreDistribution.STEPS, natural),
            natural.balanced(),
            told.tuned(),
            told.curve(),
            told.before(),
            told.after(),
            told.positiveScores(),
            told.negativeScores());
    return new Scores(
        "%s boxes that the %s images of the split %s get for their phrases without any option, and"
            .formatted(
                Printed.count(told.positives() + told.negatives()),
                Printed.count(report.images()),
                report.split()),
        Printed.level(metrics.natural().threshold()),
        EvaluationPage.Confusion.of(natural),
        EvaluationPage.ratios(natural, metrics.balanced()),
        ScoreCharts.all(metrics));
  }

  private static Table ablation(List<Ablation> ablations) {
    boolean ranked = ablations.stream().anyMatch(ablation -> ablation.medr() != null);
    List<Cell> columns =
        new ArrayList<>(
            List.of(
                Cell.of("variant"),
                new Cell("change", "words"),
                Cell.of("R@1"),
                new Cell("95 %", "interval"),
                Cell.of("R@5")));
    if (ranked) {
      columns.add(Cell.of("median rank"));
    }
    return new Table(
        "Variants of the model",
        columns,
        ablations.stream().map(ablation -> row(ablation, ranked)).toList());
  }

  private static Row row(Ablation ablation, boolean ranked) {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(ablation.change() == null ? "" : ablation.change(), "words"));
    cells.add(Cell.main(Printed.percent(ablation.r1())));
    cells.add(
        Cell.quiet(
            ablation.low() == null || ablation.high() == null
                ? ""
                : Printed.percent(ablation.low()) + " – " + Printed.percent(ablation.high())));
    cells.add(Cell.of(ablation.r5() == null ? "" : Printed.percent(ablation.r5())));
    if (ranked) {
      cells.add(Cell.of(ablation.medr() == null ? "" : Printed.plain(ablation.medr())));
    }
    return new Row(ablation.name(), cells);
  }
}
