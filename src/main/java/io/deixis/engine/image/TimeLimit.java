package io.deixis.engine.image;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.time.Duration;

/** How long the decoding of one image may take, from now on. */
final class TimeLimit {

  private final Duration limit;
  private final long start = System.nanoTime();

  TimeLimit(Duration limit) {
    this.limit = limit;
  }

  /**
   * Does nothing while there is time left.
   *
   * @throws GroundingException if the time is over ({@link Reason#IMAGE_BROKEN}) or the thread is
   *     interrupted ({@link Reason#DEADLINE_EXCEEDED})
   */
  void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new GroundingException(
          Reason.DEADLINE_EXCEEDED, null, "The request was given up", "send it again");
    }
    if (System.nanoTime() - start >= limit.toNanos()) {
      throw new GroundingException(
          Reason.IMAGE_BROKEN,
          ImageDecoder.FIELD,
          "The image takes longer than %d s to decode".formatted(limit.toSeconds()),
          "save it anew, smaller or as a baseline JPEG");
    }
  }
}
