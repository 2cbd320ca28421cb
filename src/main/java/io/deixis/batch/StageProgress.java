package io.deixis.batch;

import io.deixis.files.PrintableText;
import io.deixis.runlog.ProcessMemory;
import io.deixis.runlog.TrainingListener;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Shows on the error stream how far each stage of a long command is, with the time it still needs:
 * a bar on a terminal, a line now and then in a log.
 */
public final class StageProgress implements TrainingListener, AutoCloseable {

  /** How often a terminal is redrawn; a log gets a line less often. */
  private static final int MILLISECONDS_PER_BAR = 500;

  private static final int MILLISECONDS_PER_LINE = 15_000;
  private static final int LINE_LENGTH = 200;

  private final boolean silent;
  private final boolean terminal = System.console() != null;
  private OptionalDouble recall = OptionalDouble.empty();
  private String stage;
  private ProgressBar bar;

  /** Creates it; a silent one shows nothing. */
  public StageProgress(boolean silent) {
    this.silent = silent;
  }

  @Override
  public void onStart(Start start) {
    recall = OptionalDouble.empty();
  }

  @Override
  public void onStep(Progress progress) {
    show(progress.stage(), progress.done(), progress.total(), text(progress.metrics()));
  }

  @Override
  public void onTrainingStep(Step step) {
    show(
        step.stage(),
        step.done(),
        step.total(),
        silent ? "" : StepText.of(step, recall, ProcessMemory.residentMegabytes()));
  }

  @Override
  public void onEpoch(Epoch epoch) {
    recall = OptionalDouble.of(epoch.recall());
  }

  @Override
  public void onWarning(String sentence) {
    System.err.println(PrintableText.line(sentence));
  }

  private void show(String name, long done, long total, String message) {
    if (silent) {
      return;
    }
    if (bar == null || !name.equals(stage) || total != bar.getMax()) {
      close();
      stage = name;
      bar = bar(name, done - 1, total);
    }
    bar.stepTo(done);
    bar.setExtraMessage(message);
  }

  /**
   * Returns a bar.
   *
   * @param before the steps that were done before; the time left must not count them
   */
  private ProgressBar bar(String name, long before, long total) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(total)
            .startsFrom(Math.max(0, before), Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(terminal ? MILLISECONDS_PER_BAR : MILLISECONDS_PER_LINE);
    return builder.setConsumer(consumer()).build();
  }

  /**
   * Returns what shows a bar. It is told its width: the library would ask JLine for it, which takes
   * signals from the virtual machine, and Ctrl+C would end it without its clean-up.
   */
  private ProgressBarConsumer consumer() {
    return terminal
        ? new ConsoleProgressBarConsumer(System.err, width())
        : new DelegatingProgressBarConsumer(System.err::println, LINE_LENGTH);
  }

  /** Returns the columns of the terminal but the last, in which some terminals break the line. */
  private static int width() {
    return CommandSpec.create().usageMessage().autoWidth(true).width() - 1;
  }

  private static String text(Map<String, Float> metrics) {
    return metrics.entrySet().stream()
        .map(metric -> String.format(Locale.ROOT, "%s %.3f", metric.getKey(), metric.getValue()))
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
