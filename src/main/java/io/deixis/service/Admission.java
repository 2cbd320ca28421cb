package io.deixis.service;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingException.Reason;
import io.deixis.grounding.GroundingLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Room for as many requests at the same time as {@code deixis.limits.requests} says. */
@ApplicationScoped
class Admission {

  private final Semaphore places;

  Admission(GroundingLimits limits) {
    places = new Semaphore(limits.requests());
  }

  /**
   * Does {@code work} if there is room.
   *
   * @throws GroundingException with reason {@code BUSY} if there is none
   */
  <T> T admit(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw full();
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  /**
   * Looks whether there is room, without taking any.
   *
   * @throws GroundingException with reason {@code BUSY} if there is none
   */
  void refuseIfFull() {
    if (places.availablePermits() == 0) {
      throw full();
    }
  }

  private static GroundingException full() {
    return new GroundingException(
        Reason.BUSY, null, "Too many requests are waiting here; try again in a moment.");
  }
}
