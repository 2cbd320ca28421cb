package io.deixis.metrics;

import java.util.Locale;
import java.util.Objects;

/**
 * How well a system grounds the phrases of a split.
 *
 * @param images images read
 * @param sentences captions with at least one phrase that counts
 * @param unanswered phrases that count and have no prediction; each is a miss
 * @param unused predictions for phrases that do not count
 * @param anyBox recall where any truth box will do
 * @param mergedBoxes recall against the box that encloses a phrase's truth boxes
 */
public record GroundingScore(
    int images,
    int sentences,
    int unanswered,
    int unused,
    RecallTable anyBox,
    RecallTable mergedBoxes) {

  /** Refuses missing tables. */
  public GroundingScore {
    Objects.requireNonNull(anyBox);
    Objects.requireNonNull(mergedBoxes);
  }

  /** Returns the score as lines of a monospaced text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d phrases in %,d sentences of %,d images; a hit has IoU >= %s%n",
            anyBox.all().phrases(),
            sentences,
            images,
            anyBox.iouThreshold()));
    if (unanswered > 0) {
      text.append(String.format(Locale.ROOT, "%,d phrases have no prediction%n", unanswered));
    }
    if (unused > 0) {
      text.append(String.format(Locale.ROOT, "%,d predictions are of no use here%n", unused));
    }
    return text.append(System.lineSeparator())
        .append(anyBox.text())
        .append(System.lineSeparator())
        .append(mergedBoxes.text())
        .toString();
  }
}
