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
import java.util.Map;
import java.util.stream.Stream;

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
 * @param absence how phrases of other images are told, or null
 * @param absent how absent phrases are told by where they come from, or null
 * @param training the curves of the training, stage by stage
 * @param gallery truth beside prediction
 */
public record EvaluationPage(
    String title,
    String subject,
    List<Headline> headlines,
    List<Recalls> recalls,
    List<OutcomeRow> outcomes,
    String threshold,
    String tuned,
    Confusion confusion,
    List<Ratio> ratios,
    List<ChartLayout> scoreCharts,
    Absence absence,
    AbsentRows absent,
    List<TrainingStage> training,
    Gallery gallery) {

  /** Returns the outcomes there are, for their legend. */
  public List<Outcome> outcomeKinds() {
    return List.of(Outcome.values());
  }

  /** A figure to know first. */
  public record Headline(String name, String value, String note) {}

  /** A table of recalls. */
  public record Recalls(String protocol, List<String> columns, List<RecallRow> rows) {}

  /**
   * A group of phrases.
   *
   * @param name the entity type, or all
   * @param phrases how many
   * @param best recall at 1
   * @param interval its interval
   * @param others recall at the other k and, where there is such a column, of the candidates
   */
  public record RecallRow(
      String name, String phrases, String best, String interval, List<String> others) {}

  /** What became of a group of phrases. */
  public record OutcomeRow(String name, String phrases, List<OutcomePart> parts) {}

  /**
   * The part of a group with one outcome.
   *
   * @param id of the outcome
   * @param percent of the group
   * @param from where its piece of the bar begins, in percent
   * @param title what a pointer on it is told
   */
  public record OutcomePart(String id, String percent, String from, String title) {}

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

  /** Precision, recall and F1 of one way to count. */
  public record Ratio(String name, String precision, String recall, String f1) {

    static Ratio of(String name, ConfusionMatrix matrix) {
      return new Ratio(
          name,
          Printed.score(matrix.precision()),
          Printed.score(matrix.recall()),
          Printed.score(matrix.f1()));
    }
  }

  /** The curves of one stage of the training. */
  public record TrainingStage(String name, String steps, List<ChartLayout> charts) {

    static TrainingStage of(StageCurves stage) {
      return new TrainingStage(stage.name(), Printed.count(stage.step()), TrainingCharts.of(stage));
    }
  }

  /** How absent phrases are told. */
  public record Absence(
      String present,
      String absent,
      String auroc,
      Confusion confusion,
      List<Ratio> ratios,
      ChartLayout chart) {

    static Absence of(AbsenceMetrics metrics, double threshold) {
      return new Absence(
          Printed.count(metrics.present()),
          Printed.count(metrics.absent()),
          Printed.score(metrics.auroc()),
          Confusion.of(metrics.atThreshold()),
          List.of(
              Ratio.of(
                  "at the model's threshold, " + Printed.level(threshold), metrics.atThreshold()),
              Ratio.of(
                  "at the best F1, " + Printed.level(metrics.bestThreshold()), metrics.best())),
          ChartLayout.of(EvaluationCharts.absence(metrics, threshold)));
    }
  }

  /**
   * How absent phrases are told by where they come from; shares in percent.
   *
   * @param threshold from which a phrase is said to be found
   * @param rows the groups, the images' own phrases last
   * @param bothSexes the share of right boxes for a man or woman where both are there, with its
   *     number of phrases and interval; or null
   */
  public record AbsentRows(String threshold, List<AbsentRow> rows, AbsentRow bothSexes) {

    static AbsentRows of(AbsenceTable table) {
      List<AbsentRow> rows = new ArrayList<>();
      table
          .rows()
          .forEach(
              row ->
                  rows.add(
                      new AbsentRow(
                          row.name(),
                          Printed.count(row.phrases()),
                          Printed.score(row.auroc()),
                          "%s – %s"
                              .formatted(
                                  Printed.score(row.aurocInterval().low()),
                                  Printed.score(row.aurocInterval().high())),
                          Printed.percent(row.found().value()),
                          Printed.percent(row.found().interval()))));
      rows.add(AbsentRow.of("the images' own phrases", table.present()));
      return new AbsentRows(
          Printed.score(table.threshold()),
          rows,
          table.bothSexes() == null ? null : AbsentRow.of("both", table.bothSexes()));
    }
  }

  /** A group of phrases; the area is blank for the images' own. */
  public record AbsentRow(
      String name,
      String phrases,
      String auroc,
      String aurocInterval,
      String share,
      String interval) {

    static AbsentRow of(String name, RecallTable.Recall share) {
      return new AbsentRow(
          name,
          Printed.count(share.phrases()),
          "",
          "",
          Printed.percent(share.value()),
          Printed.percent(share.interval()));
    }
  }

  static EvaluationPage of(SplitReport report, Gallery gallery, List<String> training) {
    MetricsLog metrics = new MetricsLog();
    training.forEach(metrics::add);
    ScoreMetrics scores = report.scores();
    return new EvaluationPage(
        "%s %s on %s".formatted(report.model(), report.version(), report.split()),
        "%s phrases in %s sentences of %s images; a hit is a box with an IoU of at least %s with the truth."
            .formatted(
                Printed.count(report.recall().anyBox().all().phrases()),
                Printed.count(report.recall().sentences()),
                Printed.count(report.recall().images()),
                report.recall().anyBox().iouThreshold()),
        headlines(report),
        List.of(
            recalls(report.recall().anyBox(), report.candidates()),
            recalls(report.recall().mergedBoxes(), null),
            recalls(report.every(), null)),
        outcomes(report),
        Printed.score(report.threshold()),
        Printed.score(scores.tuned().threshold()),
        Confusion.of(scores.natural().matrix()),
        List.of(
            Ratio.of("as they come", scores.natural().matrix()),
            Ratio.of("as many wrong as right boxes", scores.balanced())),
        Stream.of(
                EvaluationCharts.precisionRecall(scores),
                EvaluationCharts.f1(scores),
                EvaluationCharts.scores(scores),
                EvaluationCharts.reliability(scores))
            .map(ChartLayout::of)
            .toList(),
        report.absence() == null ? null : Absence.of(report.absence(), report.threshold()),
        report.absent().rows().isEmpty() ? null : AbsentRows.of(report.absent()),
        metrics.stages().stream().map(TrainingStage::of).toList(),
        gallery);
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
            "at threshold " + Printed.level(report.threshold())));
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

  /** Candidates are judged by ANY-BOX alone; null leaves their column out. */
  static Recalls recalls(RecallTable table, RecallTable candidates) {
    List<String> columns = new ArrayList<>();
    table.ks().stream().skip(1).forEach(k -> columns.add("R@" + k));
    if (candidates != null) {
      columns.add("candidates");
    }
    List<RecallRow> rows = new ArrayList<>();
    rows.add(recallRow(table.all(), candidates == null ? null : candidates.all()));
    for (int type = 0; type < table.types().size(); type++) {
      rows.add(
          recallRow(
              table.types().get(type), candidates == null ? null : candidates.types().get(type)));
    }
    return new Recalls(table.protocol().title(), columns, rows);
  }

  private static RecallRow recallRow(RecallTable.Row row, RecallTable.Row candidates) {
    RecallTable.Recall best = row.atK().get(0);
    List<String> others = new ArrayList<>();
    row.atK().stream().skip(1).forEach(recall -> others.add(Printed.percent(recall.value())));
    if (candidates != null) {
      others.add(Printed.percent(candidates.upperBound().value()));
    }
    return new RecallRow(
        row.name(),
        Printed.count(row.phrases()),
        Printed.percent(best.value()),
        Printed.percent(best.interval()),
        others);
  }

  private static List<OutcomeRow> outcomes(SplitReport report) {
    List<OutcomeRow> rows = new ArrayList<>();
    rows.add(outcomeRow("all", report.outcomes()));
    report.outcomesByType().forEach((type, counts) -> rows.add(outcomeRow(type, counts)));
    return rows;
  }

  private static OutcomeRow outcomeRow(String name, Map<Outcome, Long> counts) {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    List<OutcomePart> parts = new ArrayList<>();
    double from = 0;
    for (Outcome outcome : Outcome.values()) {
      long count = counts.getOrDefault(outcome, 0L);
      double share = total == 0 ? 0 : (double) count / total;
      parts.add(
          new OutcomePart(
              GalleryCase.outcomeId(outcome),
              Printed.percent(share),
              Printed.percent(from),
              "%s: %s of %s"
                  .formatted(outcome.title(), Printed.count(count), Printed.count(total))));
      from += share;
    }
    return new OutcomeRow(name, Printed.count(total), parts);
  }
}
