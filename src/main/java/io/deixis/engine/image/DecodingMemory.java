package io.deixis.engine.image;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the pixels that are being decoded at the same time: one image of the greatest size, or
 * many small ones. First come, first served. Thread-safe.
 */
final class DecodingMemory {

  private final Semaphore pixels;
  private final Duration patience;

  /**
   * Creates it.
   *
   * @param pixels most at the same time
   * @param patience how long an image waits for its turn
   */
  DecodingMemory(int pixels, Duration patience) {
    this.pixels = new Semaphore(pixels, true);
    this.patience = patience;
  }

  /** A share of the memory, which closing gives back. */
  interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for room.
   *
   * @param wanted pixels, at most those that there are
   * @throws GroundingException with reason {@code BUSY} if there is none in time
   */
  Share take(int wanted) {
    try {
      if (pixels.tryAcquire(wanted, patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return () -> pixels.release(wanted);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    throw new GroundingException(
        Reason.BUSY, null, "Other images are being decoded", "send the request again in a moment");
  }
}
