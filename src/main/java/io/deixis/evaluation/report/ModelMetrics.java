package io.deixis.evaluation.report;

import io.deixis.charts.ChartLayout;
import io.deixis.metrics.Ablation;
import io.deixis.metrics.BundleEvaluation;
import io.deixis.metrics.ConfusionMatrix;
import io.deixis.metrics.RecallReport;
import io.deixis.metrics.ScoreDistribution;
import io.deixis.metrics.ScoreMetrics;
import io.deixis.metrics.ScoreReport;
import io.deixis.metrics.ThresholdSweep;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a bundle was judged, as its page shows it. What the bundle does not tell is null or empty.
 *
 * @param subject what Recall@k was told from, one sentence
 * @param recalls Recall@k by protocol
 * @param absent how absent phrases are told; null if it was not recorded
 * @param scores how scores tell right boxes from wrong ones
 * @param ablation what became of the model as parts of it were changed
 */
public record ModelMetrics(
    String subject,
    List<EvaluationPage.Recalls> recalls,
    EvaluationPage.AbsentRows absent,
    Scores scores,
    List<AblationRow> ablation) {

  /**
   * How scores tell right boxes from wrong ones.
   *
   * @param subject what they were told from
   * @param threshold the model's, two decimals
   * @param confusion the decisions at the threshold
   * @param ratios precision, recall and F1 as boxes come and with as many wrong as right ones
   * @param charts curves, histogram and calibration
   */
  public record Scores(
      String subject,
      String threshold,
      EvaluationPage.Confusion confusion,
      List<EvaluationPage.Ratio> ratios,
      List<ChartLayout> charts) {}

  /**
   * A row of the ablation table; shares in percent.
   *
   * @param name of the variant
   * @param change what is different
   * @param r1 its Recall@1
   * @param interval of the Recall@1; blank if not known
   * @param r5 its Recall@5; blank if not known
   * @param medr its median rank; blank if not known
   */
  public record AblationRow(
      String name, String change, String r1, String interval, String r5, String medr) {}

  /** Returns whether any variant tells its median rank. */
  public boolean ranked() {
    return ablation.stream().anyMatch(row -> !row.medr().isEmpty());
  }

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
                EvaluationPage.recalls(recall.score().anyBox(), recall.candidates()),
                EvaluationPage.recalls(recall.score().mergedBoxes(), null)),
        recall == null || recall.absent() == null
            ? null
            : EvaluationPage.AbsentRows.of(recall.absent()),
        evaluation.scores() == null ? null : scores(evaluation.scores(), threshold),
        evaluation.ablation().stream().map(ModelMetrics::row).toList());
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
        List.of(
            EvaluationPage.Ratio.of("as they come", natural),
            EvaluationPage.Ratio.of("as many wrong as right boxes", metrics.balanced())),
        Stream.of(
                EvaluationCharts.precisionRecall(metrics),
                EvaluationCharts.f1(metrics),
                EvaluationCharts.scores(metrics),
                EvaluationCharts.reliability(metrics))
            .map(ChartLayout::of)
            .toList());
  }

  private static AblationRow row(Ablation ablation) {
    return new AblationRow(
        ablation.name(),
        ablation.change() == null ? "" : ablation.change(),
        Printed.percent(ablation.r1()),
        ablation.low() == null || ablation.high() == null
            ? ""
            : Printed.percent(ablation.low()) + " – " + Printed.percent(ablation.high()),
        ablation.r5() == null ? "" : Printed.percent(ablation.r5()),
        ablation.medr() == null ? "" : Printed.plain(ablation.medr()));
  }
}
