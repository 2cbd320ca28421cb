package io.deixis.evaluation.report;

import io.deixis.charts.ChartLayout;
import io.deixis.evaluation.Outcome;
import io.deixis.evaluation.SplitReport;
import io.deixis.metrics.AbsenceMetrics;
import io.deixis.metrics.AbsenceTable;
import io.deixis.metrics.ConfusionMatrix;
import io.deixis.metrics.RecallTable;
import io.deixis.metrics.ScoreMetrics;
import io.deixis.runlog.MetricsLog;
import io.deixis.runlog.StageCurves;
import io.deixis.runlog.TrainingCharts;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything the report's template shows.
 *
 * @param title model and split
 * @param subject what was evaluated, one sentence
 * @param headlines the numbers to know first
 * @param recalls Recall@k by protocol
 * @param outcomes what became of the phrases, all and by type
 * @param threshold the model's threshold
 * @param tuned the threshold of the best F1 on these boxes
 * @param confusion the decisions about boxes at the model's threshold
 * @param ratios precision, recall and F1 at the natural and at the balanced ratio
 * @param scoreCharts how scores tell right boxes from wrong ones
 * @param absence how well phrases of other images are recognised as absent, or null
 * @param absent how well absent phrases are recognised, by their origin, or null
 * @param training the curves of the training, stage by stage
 * @param gallery truth beside prediction
 */
public record EvaluationPage(
    String title,
    String subject,
    List<Headline> headlines,
    List<Table> recalls,
    List<OutcomeBar> outcomes,
    String threshold,
    String tuned,
    Confusion confusion,
    Table ratios,
    List<ChartLayout> scoreCharts,
    Absence absence,
    AbsentPhrases absent,
    List<TrainingStage> training,
    Gallery gallery) {

  /** Returns the outcomes there are, for their legend. */
  public List<Outcome> outcomeKinds() {
    return List.of(Outcome.values());
  }

  /** A figure to know first. */
  public record Headline(String name, String value, String note) {}

  /** Decisions as counts. */
  public record Confusion(
      String truePositives, String falsePositives, String falseNegatives, String trueNegatives) {

    static Confusion of(ConfusionMatrix matrix) {
      return new Confusion(
          Printed.count(matrix.truePositives()),
          Printed.count(matrix.falsePositives()),
          Printed.count(matrix.falseNegatives()),
          Printed.count(matrix.trueNegatives()));
    }
  }

  /** The curves of one stage of the training. */
  public record TrainingStage(String name, String steps, List<ChartLayout> charts) {

    static TrainingStage of(StageCurves stage) {
      return new TrainingStage(stage.name(), Printed.count(stage.step()), TrainingCharts.of(stage));
    }
  }

  /** How well absent phrases are recognised. */
  public record Absence(
      String present,
      String absent,
      String auroc,
      Confusion confusion,
      Table ratios,
      ChartLayout chart) {

    static Absence of(AbsenceMetrics metrics, double threshold) {
      return new Absence(
          Printed.count(metrics.present()),
          Printed.count(metrics.absent()),
          Printed.score(metrics.auroc()),
          Confusion.of(metrics.atThreshold()),
          Table.ofRatios(
              "Telling that a phrase is absent",
              "threshold",
              Table.ratio("the model's, " + Printed.level(threshold), metrics.atThreshold()),
              Table.ratio(
                  "of the best F1, " + Printed.level(metrics.bestThreshold()), metrics.best())),
          ScoreCharts.absence(metrics, threshold));
    }
  }

  /**
   * How well absent phrases are recognised, by their origin.
   *
   * @param table the groups
   * @param bothSexes one sentence on men and women where both are there, or null
   */
  public record AbsentPhrases(Table table, String bothSexes) {

    static AbsentPhrases of(AbsenceTable table) {
      RecallTable.Recall both = table.bothSexes();
      return new AbsentPhrases(
          Table.of(table),
          both == null
              ? null
              : "Man or woman where both are there: the first box is right for %s %% of %s phrases (95 %%: %s)."
                  .formatted(
                      Printed.percent(both.value()),
                      Printed.count(both.phrases()),
                      Printed.percent(both.interval())));
    }
  }

  static EvaluationPage of(SplitReport report, Gallery gallery, List<String> training) {
    MetricsLog metrics = new MetricsLog();
    training.forEach(metrics::add);
    ScoreMetrics scores = report.scores();
    return new EvaluationPage(
        "%s %s on %s"
            .formatted(
                report.subject().model(), report.subject().version(), report.subject().split()),
        "%s phrases in %s sentences of %s images; a hit is a box with an IoU of at least %s with the truth."
            .formatted(
                Printed.count(report.recall().anyBox().all().phrases()),
                Printed.count(report.recall().sentences()),
                Printed.count(report.recall().images()),
                report.recall().anyBox().iouThreshold()),
        headlines(report),
        List.of(
            Table.of(report.recall().anyBox(), report.candidates()),
            Table.of(report.recall().mergedBoxes(), null),
            Table.of(report.every(), null)),
        outcomes(report),
        Printed.score(report.subject().threshold()),
        Printed.score(scores.tuned().threshold()),
        Confusion.of(scores.natural().matrix()),
        ratios(scores.natural().matrix(), scores.balanced()),
        ScoreCharts.all(scores),
        report.absence() == null
            ? null
            : Absence.of(report.absence(), report.subject().threshold()),
        report.absent().rows().isEmpty() ? null : AbsentPhrases.of(report.absent()),
        metrics.stages().stream().map(TrainingStage::of).toList(),
        gallery);
  }

  /** Returns precision, recall and F1 as boxes come, and with as many wrong as right ones. */
  static Table ratios(ConfusionMatrix natural, ConfusionMatrix balanced) {
    return Table.ofRatios(
        "At the threshold",
        "boxes",
        Table.ratio("as they come", natural),
        Table.ratio("as many wrong as right boxes", balanced));
  }

  private static List<Headline> headlines(SplitReport report) {
    RecallTable.Row all = report.recall().anyBox().all();
    RecallTable.Row merged = report.recall().mergedBoxes().all();
    List<Headline> headlines = new ArrayList<>();
    headlines.add(
        new Headline(
            "Recall@1",
            Printed.percent(all.atK().get(0).value()),
            "95 %: " + Printed.percent(all.atK().get(0).interval())));
    headlines.add(
        new Headline(
            "Recall@1, merged",
            Printed.percent(merged.atK().get(0).value()),
            "several boxes as one"));
    headlines.add(
        new Headline(
            "Upper bound",
            Printed.percent(report.candidates().all().upperBound().value()),
            "any candidate region"));
    headlines.add(
        new Headline(
            "F1 of boxes",
            Printed.score(report.scores().natural().matrix().f1()),
            "at threshold " + Printed.level(report.subject().threshold())));
    headlines.add(
        new Headline(
            "Calibration error",
            Printed.score(report.scores().after().error()),
            "before: " + Printed.score(report.scores().before().error())));
    if (report.absence() != null) {
      headlines.add(
          new Headline("Absent phrases", Printed.score(report.absence().auroc()), "AUROC"));
    }
    return headlines;
  }

  private static List<OutcomeBar> outcomes(SplitReport report) {
    List<OutcomeBar> bars = new ArrayList<>();
    bars.add(OutcomeBar.of("all", report.outcomes()));
    report.outcomesByType().forEach((type, counts) -> bars.add(OutcomeBar.of(type, counts)));
    return bars;
  }
}
