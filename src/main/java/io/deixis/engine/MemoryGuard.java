package io.deixis.engine;

import io.deixis.engine.torch.TorchEngine;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Turns a lack of memory, in the heap or in the engine, into the refusal of one request: the caches
 * are emptied, and the process goes on.
 */
final class MemoryGuard {

  private static final Logger LOG = Logger.getLogger(MemoryGuard.class);

  private final Runnable forget;

  /**
   * Creates a guard.
   *
   * @param forget gives up memory that is not needed
   */
  MemoryGuard(Runnable forget) {
    this.forget = forget;
  }

  /**
   * Does some work.
   *
   * @throws GroundingException with reason {@code OUT_OF_MEMORY}, or as the work does
   */
  <T> T run(Supplier<T> work) {
    try {
      return work.get();
    } catch (OutOfMemoryError lack) {
      throw refusal(lack);
    } catch (RuntimeException failure) {
      if (TorchEngine.isOutOfMemory(failure)) {
        throw refusal(failure);
      }
      throw failure;
    }
  }

  private GroundingException refusal(Throwable lack) {
    forget.run();
    LOG.warnf("Out of memory, caches dropped: %s", lack.getMessage());
    return new GroundingException(
        Reason.OUT_OF_MEMORY,
        null,
        "The memory does not suffice for this request just now",
        "try again, with a smaller image or fewer phrases",
        lack);
  }
}
