package io.deixis.batch;

import io.deixis.training.monitor.TrainingListener;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows on the error stream how far each stage of a long command is, with the time it still needs.
 */
final class StageProgress implements TrainingListener, AutoCloseable {

  private final boolean silent;
  private String stage;
  private ProgressBar bar;

  /** Creates it; a silent one shows nothing. */
  StageProgress(boolean silent) {
    this.silent = silent;
  }

  @Override
  public void onStep(Progress progress) {
    if (silent) {
      return;
    }
    if (!progress.stage().equals(stage)) {
      close();
      stage = progress.stage();
      bar =
          new ProgressBarBuilder()
              .setTaskName(stage)
              .setInitialMax(progress.total())
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(500)
              .build();
    }
    bar.stepTo(progress.done());
    bar.setExtraMessage(text(progress.figures()));
  }

  private static String text(Map<String, Float> figures) {
    return figures.entrySet().stream()
        .map(figure -> String.format(Locale.ROOT, "%s %.3f", figure.getKey(), figure.getValue()))
        .collect(Collectors.joining("  "));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
