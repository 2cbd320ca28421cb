package io.deixis.service.training;

import io.deixis.runlog.Heartbeat;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a training still runs.
 *
 * @param state {@code working}, {@code finished}, {@code failed}, {@code died} or {@code unknown}
 * @param stage the stage that it is at, or was at as it ended; may be blank
 * @param sentence the same for people
 */
public record Life(String state, String stage, String sentence) {

  /** A training that works writes its heartbeat every few seconds. */
  static final Duration SILENCE = Duration.ofMinutes(1);

  /**
   * Judges a training by its heartbeat.
   *
   * @param heartbeat the last one; trainings of older versions have none
   */
  static Life of(Optional<Heartbeat> heartbeat) {
    if (heartbeat.isEmpty()) {
      return new Life("unknown", "", "It has no heartbeat file, so whether it works is not known.");
    }
    Heartbeat last = heartbeat.get();
    String stage = last.stage();
    return switch (last.state()) {
      case FINISHED -> new Life("finished", stage, last.sentence());
      case FAILED -> new Life("failed", stage, last.sentence());
      case WORKING ->
          last.isOlderThan(SILENCE)
              ? new Life(
                  "died",
                  stage,
                  "No sign of life since %s: the process was killed. The same command goes on where it was."
                      .formatted(TrainingPage.minutes(last.written())))
              : new Life("working", stage, working(last));
    };
  }

  private static String working(Heartbeat last) {
    if (last.stage().isBlank() || last.total() == 0) {
      return last.sentence();
    }
    return String.format(
        Locale.ROOT,
        "%s: %,d of %,d steps (%d %%).",
        last.stage(),
        last.done(),
        last.total(),
        100 * last.done() / last.total());
  }

  /**
   * Returns one word on a stage that has begun: the state of the training, or that the stage is
   * finished.
   */
  String ofStage(String name) {
    if (state.equals("unknown")) {
      return "";
    }
    return name.equals(stage) ? state : "finished";
  }
}
