package io.deixis.service.training;

import io.deixis.evaluation.report.Printed;
import io.deixis.runlog.Heartbeat;
import io.deixis.runlog.MetricsTable;
import io.deixis.runlog.RunReader;
import io.deixis.runlog.StageCurves;
import io.deixis.runlog.TrainingCharts;
import io.deixis.service.training.RunState.Figure;
import io.deixis.service.training.RunState.StageView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Follows a training, and prepares its state for the page. */
final class RunFollower {

  private final Path folder;
  private final RunReader reader;
  private RunState state;

  RunFollower(Path folder) {
    this.folder = folder;
    reader = new RunReader(folder);
  }

  /**
   * Reads on and returns how the training stands; the same object as before if nothing was added.
   *
   * @throws java.io.UncheckedIOException if the files cannot be read
   */
  synchronized RunState state() {
    RunReader.Snapshot now = reader.read();
    Life life = Life.of(Heartbeat.read(folder));
    String version = now.version() + "." + Integer.toHexString(life.hashCode());
    if (state == null || !state.version().equals(version)) {
      state =
          new RunState(
              version,
              life,
              stages(now.stages(), life),
              now.sample()
                  .filter(sample -> !sample.phrases().isEmpty())
                  .map(SampleView::of)
                  .orElse(null));
    }
    return state;
  }

  /**
   * Reads on and returns the curves of the stages.
   *
   * @throws java.io.UncheckedIOException if the files cannot be read
   */
  List<StageCurves> curves() {
    return reader.read().stages();
  }

  private static List<StageView> stages(List<StageCurves> curves, Life life) {
    List<StageView> views = new ArrayList<>();
    for (StageCurves stage : curves) {
      views.add(
          new StageView(
              stage.name(),
              life.ofStage(stage.name()),
              stage.epoch(),
              Printed.count(stage.step()),
              figures(stage),
              TrainingCharts.of(stage)));
    }
    Collections.reverse(views);
    return views;
  }

  private static List<Figure> figures(StageCurves stage) {
    return Stream.of(
            new Figure("loss", stage.last(MetricsTable.LOSS, 1, "%.3f")),
            new Figure("held-out Recall@1", stage.last(MetricsTable.RECALL, 100, "%.1f %%")),
            new Figure("images per second", stage.last("images_per_second", 1, "%.1f")))
        .filter(figure -> !figure.value().isEmpty())
        .toList();
  }
}
