package io.deixis.engine;

import io.deixis.grounding.Cancellation;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands out the engine's passes, a fixed number at a time, in the order in which they are asked
 * for. A request whose deadline is over or whose caller has gone leaves the queue at once and gets
 * none, so that no work is begun that nobody waits for. Thread-safe.
 */
final class PassQueue {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allBack = lock.newCondition();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private final int passes;
  private int free;
  private boolean closed;

  /** Creates a queue for {@code passes} passes at the same time, at least 1. */
  PassQueue(int passes) {
    this.passes = passes;
    this.free = passes;
  }

  /** A pass; closing it, once, gives it to the next in the queue. */
  @FunctionalInterface
  interface Pass extends AutoCloseable {

    @Override
    void close();
  }

  private final class Waiter {

    private final Condition changed = lock.newCondition();
    private boolean admitted;
  }

  /**
   * Waits for a pass.
   *
   * @throws GroundingException with reason {@code DEADLINE_EXCEEDED} if the context's deadline is
   *     over or its caller has gone before, {@code NOT_READY} if the queue is closed
   */
  Pass await(RequestContext context) {
    lock.lock();
    try {
      check(context);
      if (free > 0 && waiters.isEmpty()) {
        free--;
        return this::giveBack;
      }
      Waiter waiter = new Waiter();
      waiters.addLast(waiter);
      try (Cancellation.Registration gone = context.cancellation().onCancel(() -> signal(waiter))) {
        await(waiter, context);
      } catch (RuntimeException refused) {
        if (!waiters.remove(waiter)) {
          giveBack(); // its turn came in the same moment
        }
        throw refused;
      }
      return this::giveBack;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns if somebody still waits for what a pass would be for.
   *
   * @throws GroundingException as {@link #await(RequestContext)}
   */
  void check(RequestContext context) {
    lock.lock();
    try {
      refuseIfClosed();
    } finally {
      lock.unlock();
    }
    refuseIfGone(context.cancellation());
    context.deadline().filter(Deadline::expired).ifPresent(PassQueue::refuseLate);
  }

  private void await(Waiter waiter, RequestContext context) {
    while (!waiter.admitted) {
      check(context);
      Optional<Deadline> deadline = context.deadline();
      try {
        if (deadline.isPresent()) {
          waiter.changed.await(deadline.get().remaining().toNanos(), TimeUnit.NANOSECONDS);
        } else {
          waiter.changed.await();
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw closing();
      }
    }
  }

  private void signal(Waiter waiter) {
    lock.lock();
    try {
      waiter.changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void giveBack() {
    lock.lock();
    try {
      Waiter next = waiters.pollFirst();
      if (next != null) {
        next.admitted = true;
        next.changed.signal();
        return;
      }
      free++;
      if (free == passes) {
        allBack.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many wait. */
  int waiting() {
    lock.lock();
    try {
      return waiters.size();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses whoever waits or comes from now on, and returns once every pass is back. */
  void close() {
    lock.lock();
    try {
      closed = true;
      waiters.forEach(waiter -> waiter.changed.signal());
      while (free < passes) {
        allBack.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw closing();
    }
  }

  private static GroundingException closing() {
    return new GroundingException(
        Reason.NOT_READY, null, "The service is shutting down", "send the request again later");
  }

  private static void refuseIfGone(Cancellation cancellation) {
    if (cancellation.isCancelled()) {
      throw new GroundingException(
          Reason.DEADLINE_EXCEEDED, null, "Whoever asked has gone before the request's turn came.");
    }
  }

  private static void refuseLate(Deadline deadline) {
    throw new GroundingException(
        Reason.DEADLINE_EXCEEDED,
        null,
        "The time that the request allows was over before its turn came",
        "try again, or allow more");
  }
}
