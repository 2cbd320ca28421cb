package io.deixis.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.grounding.Cancellation;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecodingMemoryTest {

  private final DecodingMemory memory = new DecodingMemory(100, Duration.ZERO);

  @AfterEach
  void clearInterruption() {
    Thread.interrupted();
  }

  @Test
  void sharesWhatThereIs() {
    try (DecodingMemory.Share one = memory.take(60, RequestContext.NONE);
        DecodingMemory.Share other = memory.take(40, RequestContext.NONE)) {
      assertBusy(1);
    }
    memory.take(100, RequestContext.NONE).close();
  }

  @Test
  void givesBackOnceHoweverOftenClosed() {
    DecodingMemory.Share share = memory.take(60, RequestContext.NONE);
    share.close();
    share.close();

    try (DecodingMemory.Share all = memory.take(1_000, RequestContext.NONE)) {
      assertBusy(1);
    }
  }

  @Test
  void waitsNoLongerThanTheCaller() {
    DecodingMemory patient = new DecodingMemory(100, Duration.ofDays(1));
    RequestContext late = RequestContext.NONE.within(Deadline.after(Duration.ZERO));

    try (DecodingMemory.Share all = patient.take(100, RequestContext.NONE)) {
      assertRefused(() -> patient.take(1, late), Reason.DEADLINE_EXCEEDED);
    }
    patient.take(100, RequestContext.NONE).close();
  }

  @Test
  void stopsWaitingWhenTheCallerGoes() throws Exception {
    DecodingMemory patient = new DecodingMemory(100, Duration.ofDays(1));
    Cancellation gone = new Cancellation();

    try (DecodingMemory.Share all = patient.take(100, RequestContext.NONE)) {
      CompletableFuture<Void> waiting =
          CompletableFuture.runAsync(
              () ->
                  assertRefused(
                      () -> patient.take(1, RequestContext.NONE.cancelledBy(gone)),
                      Reason.DEADLINE_EXCEEDED));
      gone.cancel();
      waiting.get();
    }
  }

  @Test
  void leavesTheInterruptionToTheCaller() {
    Thread.currentThread().interrupt();

    try (DecodingMemory.Share all = memory.take(100, RequestContext.NONE)) {
      assertRefused(() -> memory.take(1, RequestContext.NONE), Reason.DEADLINE_EXCEEDED);
    }
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  private void assertBusy(int pixels) {
    assertRefused(() -> memory.take(pixels, RequestContext.NONE), Reason.BUSY);
  }

  private static void assertRefused(ThrowingCallable call, Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GroundingException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
