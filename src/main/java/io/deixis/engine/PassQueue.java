package io.deixis.engine;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Hands out the engine's passes, a fixed number at a time, in the order in which they are asked
 * for. A request whose deadline is over or whose caller has gone leaves the queue at once and gets
 * none, so that no work is begun that nobody waits for; a semaphore cannot be left like that.
 * Thread-safe.
 */
final class PassQueue {

  private final Deque<CompletableFuture<Void>> waiters = new ArrayDeque<>();
  private final int passes;
  private int free;
  private boolean closed;

  /** Creates a queue for {@code passes} passes at the same time, at least 1. */
  PassQueue(int passes) {
    this.passes = passes;
    this.free = passes;
  }

  /** Returns the turns of one request. */
  Turns turns(RequestContext context) {
    return new Turns(context);
  }

  /** The turns of one request, each with a pass. For one thread. */
  final class Turns implements AutoCloseable {

    private final RequestContext context;
    private boolean holding;

    private Turns(RequestContext context) {
      this.context = context;
    }

    /**
     * Waits for a pass, if the request does not hold one.
     *
     * @throws GroundingException with reason {@code DEADLINE_EXCEEDED} if the context's deadline is
     *     over or its caller has gone before, {@code NOT_READY} if the queue is closed
     */
    void begin() {
      refuseIfClosed();
      Waits.refuseIfOver(context);
      if (!holding) {
        await(context);
        holding = true;
      }
    }

    /** Gives the pass, if there is one, to the next in the queue. */
    @Override
    public void close() {
      if (holding) {
        holding = false;
        giveBack();
      }
    }
  }

  private void await(RequestContext context) {
    CompletableFuture<Void> turn = new CompletableFuture<>();
    synchronized (this) {
      refuseIfClosed(); // a model is closed once every pass is back
      if (free > 0) {
        free--;
        return;
      }
      waiters.addLast(turn);
    }
    try {
      Waits.await(turn, context);
    } catch (ExecutionException closing) {
      throw (GroundingException) closing.getCause();
    } catch (GroundingException refused) {
      synchronized (this) {
        waiters.remove(turn);
      }
      if (!turn.isCompletedExceptionally()) {
        giveBack(); // its turn came in the same moment
      }
      throw refused;
    }
  }

  private synchronized void giveBack() {
    while (!waiters.isEmpty()) {
      if (waiters.pollFirst().complete(null)) {
        return;
      }
    }
    free++;
    notifyAll();
  }

  /** Returns how many wait. */
  synchronized int waiting() {
    return waiters.size();
  }

  /** Refuses all who wait or come from now on, and returns once every pass is back. */
  synchronized void close() {
    closed = true;
    waiters.forEach(waiter -> waiter.completeExceptionally(closing()));
    waiters.clear();
    boolean interrupted = false;
    while (free < passes) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void refuseIfClosed() {
    if (closed) {
      throw closing();
    }
  }

  private static GroundingException closing() {
    return new GroundingException(
        Reason.NOT_READY, null, "The service is shutting down", "send the request again later");
  }
}
