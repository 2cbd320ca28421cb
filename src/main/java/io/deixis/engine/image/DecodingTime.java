package io.deixis.engine.image;

import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.time.Duration;

/** How long the decoding of one image may take, from now on, and whether its caller still waits. */
final class DecodingTime {

  private final Duration limit;
  private final RequestContext context;
  private final Deadline end;

  /**
   * Starts the clock.
   *
   * @param limit for any image
   * @param context whose deadline or cancellation may end the work earlier
   */
  DecodingTime(Duration limit, RequestContext context) {
    this.limit = limit;
    this.context = context;
    this.end = Deadline.after(limit);
  }

  /**
   * Does nothing while there is time left and somebody waits.
   *
   * @throws GroundingException if the image takes too long ({@link Reason#IMAGE_BROKEN}), or the
   *     caller's deadline is over, the caller has gone, or the thread is interrupted ({@link
   *     Reason#DEADLINE_EXCEEDED})
   */
  void check() {
    check(context);
    if (end.expired()) {
      throw new GroundingException(
          Reason.IMAGE_BROKEN,
          ImageDecoder.FIELD,
          "The image takes longer than %d s to decode".formatted(limit.toSeconds()),
          "save it anew, smaller or as a baseline JPEG");
    }
  }

  /**
   * Does nothing while somebody waits.
   *
   * @throws GroundingException with reason {@code DEADLINE_EXCEEDED} if nobody does
   */
  static void check(RequestContext context) {
    if (Thread.currentThread().isInterrupted() || context.cancellation().isCancelled()) {
      throw new GroundingException(
          Reason.DEADLINE_EXCEEDED, null, "The request was given up", "send it again");
    }
    if (context.deadline().filter(Deadline::expired).isPresent()) {
      throw new GroundingException(
          Reason.DEADLINE_EXCEEDED,
          null,
          "The time that the request allows was over before its image was decoded; try again, or"
              + " allow more.");
    }
  }
}
