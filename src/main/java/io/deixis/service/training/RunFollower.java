package io.deixis.service.training;

import io.deixis.runlog.Curve;
import io.deixis.runlog.MetricsLog;
import io.deixis.runlog.StageCurves;
import io.deixis.runlog.TrainingCharts;
import io.deixis.service.training.RunState.Figure;
import io.deixis.service.training.RunState.StageView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Follows a training by the files in its work folder; each byte of them is read once. */
final class RunFollower {

  /** The figures of a training, step by step. */
  static final String METRICS = "metrics.csv";

  private static final String LOOKS = "looks.ndjson";

  private final FileTail metricsFile;
  private final FileTail looksFile;
  private final MetricsLog metrics = new MetricsLog();
  private String lastLook;
  private int beginnings;
  private RunState state;

  RunFollower(Path folder) {
    metricsFile = new FileTail(folder.resolve(METRICS));
    looksFile = new FileTail(folder.resolve(LOOKS));
  }

  /**
   * Reads on and returns how the training stands; the same object as before if nothing was added.
   *
   * @throws UncheckedIOException if the files cannot be read
   */
  synchronized RunState state() {
    readOn();
    String version = "%d.%d.%d".formatted(beginnings, metricsFile.offset(), looksFile.offset());
    if (state == null || !state.version().equals(version)) {
      Optional<LookView> look = Optional.ofNullable(lastLook).flatMap(LookView::read);
      state = new RunState(version, stages(), look.orElse(null));
    }
    return state;
  }

  /**
   * Reads on and returns the curves of the stages.
   *
   * @throws UncheckedIOException if the files cannot be read
   */
  synchronized List<StageCurves> curves() {
    readOn();
    return metrics.stages();
  }

  private void readOn() {
    try {
      metricsFile.read(
          () -> {
            beginnings++;
            metrics.clear();
          },
          metrics::add);
      looksFile.read(() -> lastLook = null, line -> lastLook = line);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private List<StageView> stages() {
    List<StageView> views = new ArrayList<>();
    for (StageCurves stage : metrics.stages()) {
      views.add(
          new StageView(
              stage.name(),
              stage.epoch(),
              String.format(Locale.ROOT, "%,d", stage.step()),
              figures(stage),
              TrainingCharts.of(stage)));
    }
    Collections.reverse(views);
    return views;
  }

  private static List<Figure> figures(StageCurves stage) {
    List<Figure> figures = new ArrayList<>();
    add(figures, "loss", stage.curve(MetricsLog.LOSS), 1, "%.3f");
    add(figures, "held-out Recall@1", stage.curve(MetricsLog.RECALL), 100, "%.1f %%");
    add(figures, "images per second", stage.curve("images_per_second"), 1, "%.1f");
    return figures;
  }

  private static void add(
      List<Figure> figures, String name, Curve curve, double factor, String format) {
    if (!curve.isEmpty()) {
      figures.add(new Figure(name, String.format(Locale.ROOT, format, factor * curve.last())));
    }
  }
}
