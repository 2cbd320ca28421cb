package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.grounding.Cancellation;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PassQueueTest {

  private final PassQueue passes = new PassQueue(1);

  @Test
  void noMoreAreOutThanThereAre() {
    PassQueue two = new PassQueue(2);
    AtomicInteger out = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Void>> all =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int turn = 0; turn < 200; turn++) {
                            try (PassQueue.Turns pass = pass(two, RequestContext.NONE)) {
                              most.accumulateAndGet(out.incrementAndGet(), Math::max);
                              Thread.yield();
                              out.decrementAndGet();
                            }
                          }
                        },
                        task -> new Thread(task).start()))
            .toList();
    all.forEach(CompletableFuture::join);

    assertThat(most).hasValueBetween(1, 2);
    assertThat(out).hasValue(0);
    assertThat(two.waiting()).isZero();
  }

  @Test
  void turnsComeInTheOrderOfAsking() {
    List<Integer> order = new CopyOnWriteArrayList<>();
    List<CompletableFuture<Void>> waiting = new CopyOnWriteArrayList<>();
    try (PassQueue.Turns first = pass(passes, RequestContext.NONE)) {
      for (int i = 0; i < 5; i++) {
        int number = i;
        waiting.add(
            asking(
                RequestContext.NONE,
                () -> {
                  order.add(number);
                }));
        awaitWaiting(i + 1);
      }
      assertThat(order).isEmpty();
    }
    waiting.forEach(CompletableFuture::join);
    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void whoAsksAgainComesAfterThoseWhoWait() {
    List<String> order = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> other;
    try (PassQueue.Turns first = pass(passes, RequestContext.NONE)) {
      other = asking(RequestContext.NONE, () -> order.add("other"));
      awaitWaiting(1);
    }
    try (PassQueue.Turns again = pass(passes, RequestContext.NONE)) {
      order.add("again");
    }
    other.join();
    assertThat(order).containsExactly("other", "again");
  }

  @Test
  void aDeadlineEndsTheWait() {
    try (PassQueue.Turns first = pass(passes, RequestContext.NONE)) {
      assertRefused(
          RequestContext.NONE.within(Deadline.after(Duration.ofMillis(20))),
          Reason.DEADLINE_EXCEEDED);
    }
    assertIsFree();
  }

  @Test
  void expiredWorkIsNotBegunThoughAPassIsFree() {
    assertRefused(
        RequestContext.NONE.within(Deadline.after(Duration.ZERO)), Reason.DEADLINE_EXCEEDED);
    assertIsFree();
  }

  @Test
  void whoHasGoneLeavesTheQueueAtOnce() {
    Cancellation cancellation = new Cancellation();
    try (PassQueue.Turns first = pass(passes, RequestContext.NONE)) {
      CompletableFuture<Void> gone =
          asking(RequestContext.NONE.cancelledBy(cancellation), () -> {});
      awaitWaiting(1);
      cancellation.cancel();
      assertThatThrownBy(gone::join).hasRootCauseInstanceOf(GroundingException.class);
      assertThat(passes.waiting()).isZero();
      assertRefused(RequestContext.NONE.cancelledBy(cancellation), Reason.DEADLINE_EXCEEDED);
    }
    assertIsFree();
  }

  @Test
  void closingWaitsForWhatRunsAndRefusesWhatWaits() {
    PassQueue.Turns running = pass(passes, RequestContext.NONE);
    CompletableFuture<Void> waiting = asking(RequestContext.NONE, () -> {});
    awaitWaiting(1);
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(passes::close, task -> new Thread(task).start());
    assertThatThrownBy(waiting::join).hasRootCauseInstanceOf(GroundingException.class);
    assertThat(closing).isNotDone();
    running.close();
    closing.join();
    assertRefused(RequestContext.NONE, Reason.NOT_READY);
  }

  private static PassQueue.Turns pass(PassQueue passes, RequestContext context) {
    PassQueue.Turns turns = passes.turns(context);
    turns.begin();
    return turns;
  }

  @Test
  void aPassIsHeldUntilItIsGivenBack() {
    try (PassQueue.Turns turns = passes.turns(RequestContext.NONE)) {
      turns.begin();
      turns.begin();
      assertRefused(
          RequestContext.NONE.within(Deadline.after(Duration.ofMillis(20))),
          Reason.DEADLINE_EXCEEDED);
      turns.close();
      assertIsFree();
      turns.begin();
    }
    assertIsFree();
  }

  private CompletableFuture<Void> asking(RequestContext context, Runnable work) {
    return CompletableFuture.runAsync(
        () -> {
          try (PassQueue.Turns pass = pass(passes, context)) {
            work.run();
          }
        },
        task -> new Thread(task).start());
  }

  private void awaitWaiting(int count) {
    while (passes.waiting() != count) {
      Thread.onSpinWait();
    }
  }

  private void assertIsFree() {
    pass(passes, RequestContext.NONE).close();
  }

  private void assertRefused(RequestContext context, Reason reason) {
    assertThatThrownBy(() -> pass(passes, context))
        .isInstanceOfSatisfying(
            GroundingException.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
