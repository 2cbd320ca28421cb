package io.deixis.engine.image;

import io.deixis.grounding.Cancellation;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds the memory of images that are being decoded at the same time: one image of the greatest
 * size, or several smaller ones. First come, first served. Thread-safe.
 */
final class DecodingMemory {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Object> queue = new ArrayDeque<>();
  private final long capacity;
  private final Duration patience;
  private long free;

  /**
   * Creates it.
   *
   * @param capacity most units (pixels or bytes) at the same time
   * @param patience how long an image waits for its turn, if its caller does not give up before
   */
  DecodingMemory(long capacity, Duration patience) {
    this.capacity = capacity;
    this.free = capacity;
    this.patience = patience;
  }

  /** A share of the memory; closing gives it back. */
  interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for room.
   *
   * @param wanted units; more than there are means all
   * @param context whose deadline and cancellation end the wait
   * @throws GroundingException with reason {@code BUSY} if there is none in time, {@code
   *     DEADLINE_EXCEEDED} if nobody waits any more
   */
  Share take(long wanted, RequestContext context) {
    long units = Math.min(wanted, capacity);
    Deadline end = Deadline.after(patience);
    Object place = new Object();
    lock.lock();
    queue.addLast(place);
    try (Cancellation.Registration gone = context.cancellation().onCancel(this::wake)) {
      while (queue.peekFirst() != place || free < units) {
        await(end, context);
      }
      free -= units;
    } finally {
      queue.remove(place);
      changed.signalAll();
      lock.unlock();
    }
    AtomicBoolean closed = new AtomicBoolean();
    return () -> {
      if (closed.compareAndSet(false, true)) {
        giveBack(units);
      }
    };
  }

  private void await(Deadline end, RequestContext context) {
    DecodingTime.check(context);
    if (end.expired()) {
      throw new GroundingException(
          Reason.BUSY,
          null,
          "Other images are being decoded",
          "send the request again in a moment");
    }
    Deadline next = context.deadline().filter(limit -> limit.isBefore(end)).orElse(end);
    try {
      changed.await(next.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void giveBack(long units) {
    lock.lock();
    try {
      free += units;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
