package io.deixis.batch;

import io.deixis.runlog.TrainingListener.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The text of a training's progress bar for its latest step. */
final class StepText {

  private static final String LOSS = "loss";
  private static final List<String> BESIDES = List.of("accuracy", "positive rate");

  /** Metrics of a step that are no parts of its loss. */
  private static final Set<String> NO_PARTS =
      Set.of(LOSS, "accuracy", "positive rate", "learning rate", "gradient");

  private StepText() {}

  /**
   * Returns loss and its parts, accuracy, positive rate, speed and memory.
   *
   * @param step the step
   * @param recall of the latest epoch on the images held out, if there was one
   * @param megabytes that the process holds
   */
  static String of(Step step, OptionalDouble recall, OptionalLong megabytes) {
    Map<String, Float> metrics = step.metrics();
    List<String> texts = new ArrayList<>();
    if (metrics.containsKey(LOSS)) {
      String parts =
          metrics.entrySet().stream()
              .filter(metric -> !NO_PARTS.contains(metric.getKey()))
              .map(metric -> text(metric.getKey(), metric.getValue()))
              .collect(Collectors.joining(", "));
      texts.add(text(LOSS, metrics.get(LOSS)) + (parts.isEmpty() ? "" : " (" + parts + ")"));
    }
    BESIDES.stream()
        .filter(metrics::containsKey)
        .map(name -> text(name, metrics.get(name)))
        .forEach(texts::add);
    texts.add(String.format(Locale.ROOT, "%.0f images/s", step.images() / step.seconds()));
    megabytes.ifPresent(size -> texts.add(size + " MB"));
    recall.ifPresent(value -> texts.add(text("held-out recall@1", value)));
    return String.join("  ", texts);
  }

  private static String text(String name, double value) {
    return String.format(Locale.ROOT, "%s %.3f", name, value);
  }
}
