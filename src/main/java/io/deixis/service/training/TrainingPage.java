package io.deixis.service.training;

import io.deixis.charts.ChartLayout;
import io.deixis.runlog.MetricsTable;
import io.deixis.runlog.StageCurves;
import io.deixis.runlog.TrainingCharts;
import io.deixis.service.training.TrainingRuns.Run;
import jakarta.ws.rs.core.UriBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything the training page's template shows.
 *
 * @param configured whether a folder of trainings is configured
 * @param runs the trainings
 * @param shown the name of the training that is followed, or null
 * @param events the address of its events, or null
 * @param state how it stands, or null
 * @param comparisons charts of several trainings; empty if fewer than two are compared
 */
public record TrainingPage(
    boolean configured,
    List<Row> runs,
    String shown,
    String events,
    RunState state,
    List<Comparison> comparisons) {

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * A training in the list.
   *
   * @param name of its folder
   * @param href shows it
   * @param changed when its log last changed, as machines read it
   * @param changedText the same as people read it
   * @param life whether it works, one word
   * @param where the stage and step that it logged last
   * @param loss the last one; blank if there is none
   * @param recall the last one on held-out images, in percent; blank if there is none
   * @param shown whether it is followed
   * @param compared whether it is compared
   */
  public record Row(
      String name,
      String href,
      String changed,
      String changedText,
      String life,
      String where,
      String loss,
      String recall,
      boolean shown,
      boolean compared) {}

  /** The charts of a stage that several trainings have. */
  public record Comparison(String stage, List<ChartLayout> charts) {}

  /**
   * Prepares the page.
   *
   * @param runs the trainings, the last changed first
   * @param name the training to follow, or null for the last changed
   * @param compare the trainings to compare; empty for those last changed
   */
  static TrainingPage of(
      boolean configured, List<Run> runs, String name, Collection<String> compare) {
    Run shown =
        runs.stream()
            .filter(run -> run.name().equals(name))
            .findFirst()
            .orElse(runs.isEmpty() ? null : runs.get(0));
    List<Run> compared =
        runs.stream()
            .filter(run -> compare.isEmpty() || compare.contains(run.name()))
            .limit(TrainingCharts.MOST_LINES)
            .toList();
    return new TrainingPage(
        configured,
        runs.stream().map(run -> row(run, run == shown, compared.contains(run))).toList(),
        shown == null ? null : shown.name(),
        shown == null
            ? null
            : UriBuilder.fromPath("/training/{run}/events").build(shown.name()).toString(),
        shown == null ? null : shown.follower().state(),
        compared.size() < 2 ? List.of() : comparisons(compared));
  }

  private static Row row(Run run, boolean shown, boolean compared) {
    List<StageCurves> stages = run.follower().curves();
    StageCurves last = stages.isEmpty() ? null : stages.get(stages.size() - 1);
    Instant changed = run.changed().truncatedTo(ChronoUnit.SECONDS);
    return new Row(
        run.name(),
        UriBuilder.fromPath("/training").queryParam("run", "{run}").build(run.name()).toString(),
        changed.toString(),
        minutes(changed),
        run.follower().state().life().state(),
        last == null ? "nothing yet" : where(last),
        last == null ? "" : last.last(MetricsTable.LOSS, 1, "%.3f"),
        last == null ? "" : last.last(MetricsTable.RECALL, 100, "%.1f"),
        shown,
        compared);
  }

  /** Returns a time as people read it, to the minute, in UTC as all times of the page. */
  static String minutes(Instant time) {
    return MINUTES.format(time);
  }

  private static String where(StageCurves stage) {
    return String.format(
        Locale.ROOT, "%s, epoch %d, step %,d", stage.name(), stage.epoch(), stage.step());
  }

  private static List<Comparison> comparisons(List<Run> runs) {
    Map<String, Map<String, StageCurves>> byStage = new LinkedHashMap<>();
    for (Run run : runs) {
      for (StageCurves stage : run.follower().curves()) {
        byStage.computeIfAbsent(stage.name(), any -> new LinkedHashMap<>()).put(run.name(), stage);
      }
    }
    List<Comparison> comparisons = new ArrayList<>();
    byStage.forEach(
        (stage, curves) -> {
          if (curves.size() > 1) {
            comparisons.add(
                0,
                new Comparison(
                    stage,
                    Stream.of(
                            TrainingCharts.compared(
                                "Recall@1 on held-out images", MetricsTable.RECALL, curves),
                            TrainingCharts.compared("Loss", MetricsTable.LOSS, curves))
                        .flatMap(chart -> chart.stream())
                        .toList()));
          }
        });
    return comparisons;
  }
}
