package io.deixis.batch;

import io.deixis.training.monitor.TrainingListener;
import java.util.LinkedHashMap;
import java.util.List;
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

  private static final List<String> SHOWN = List.of("loss", "accuracy", "positive rate");

  private final boolean silent;
  private String recall = "";
  private String stage;
  private ProgressBar bar;

  /** Creates it; a silent one shows nothing. */
  StageProgress(boolean silent) {
    this.silent = silent;
  }

  @Override
  public void onStart(String started, long done) {
    recall = "";
  }

  @Override
  public void onStep(Progress progress) {
    show(progress.stage(), progress.done(), progress.total(), text(progress.figures()));
  }

  @Override
  public void onTrainingStep(Step step) {
    Map<String, Float> figures = new LinkedHashMap<>(step.figures());
    figures.keySet().retainAll(SHOWN);
    String rate = String.format(Locale.ROOT, "  %.0f images/s", step.images() / step.seconds());
    show(step.stage(), step.done(), step.total(), text(figures) + rate + recall);
  }

  @Override
  public void onEpoch(Epoch epoch) {
    recall = String.format(Locale.ROOT, "  held-out recall@1 %.3f", epoch.recall());
  }

  private void show(String name, long done, long total, String message) {
    if (silent) {
      return;
    }
    if (!name.equals(stage)) {
      close();
      stage = name;
      bar =
          new ProgressBarBuilder()
              .setTaskName(stage)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(500)
              .build();
    }
    bar.stepTo(done);
    bar.setExtraMessage(message);
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
