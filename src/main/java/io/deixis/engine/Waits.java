package io.deixis.engine;

import io.deixis.grounding.Cancellation;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How requests wait: no longer than their deadline, and only while their caller does. */
final class Waits {

  private Waits() {}

  /**
   * Waits for what another thread will give. If the wait ends before, {@code answer} is cancelled.
   *
   * @throws ExecutionException if the other thread failed
   * @throws GroundingException with reason {@code DEADLINE_EXCEEDED} if the deadline is over, the
   *     caller has gone or the thread is interrupted
   */
  static <T> T await(CompletableFuture<T> answer, RequestContext context)
      throws ExecutionException {
    try (Cancellation.Registration gone =
        context.cancellation().onCancel(() -> answer.cancel(false))) {
      Optional<Deadline> deadline = context.deadline();
      return deadline.isPresent()
          ? answer.get(deadline.get().remaining().toNanos(), TimeUnit.NANOSECONDS)
          : answer.get();
    } catch (TimeoutException | CancellationException late) {
      answer.cancel(false);
      refuseIfOver(context);
      throw late();
    } catch (InterruptedException stopped) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      throw new GroundingException(
          Reason.NOT_READY, null, "The service is shutting down", "send the request again later");
    }
  }

  /**
   * Returns if somebody still waits for the answer.
   *
   * @throws GroundingException with reason {@code DEADLINE_EXCEEDED} if nobody does
   */
  static void refuseIfOver(RequestContext context) {
    if (context.cancellation().isCancelled()) {
      throw new GroundingException(
          Reason.DEADLINE_EXCEEDED, null, "Whoever asked has gone before the request's turn came.");
    }
    if (isOver(context)) {
      throw late();
    }
  }

  /** Returns whether nobody waits for the answer any more. */
  static boolean isOver(RequestContext context) {
    return context.cancellation().isCancelled()
        || context.deadline().filter(Deadline::expired).isPresent();
  }

  private static GroundingException late() {
    return new GroundingException(
        Reason.DEADLINE_EXCEEDED,
        null,
        "The time that the request allows was over before its turn came",
        "try again, or allow more");
  }
}
