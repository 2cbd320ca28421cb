package io.deixis.metrics;

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
}
