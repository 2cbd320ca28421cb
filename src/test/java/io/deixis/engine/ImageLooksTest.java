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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ImageLooksTest {

  private static final ImageFeatures FEATURES =
      new ImageFeatures(10, 10, new float[4], List.of(new float[256]));

  private final ImageLooks looks = new ImageLooks(1 << 20);
  private final AtomicInteger made = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @Test
  void aSecondLookIsRemembered() {
    assertThat(looks.of("a", RequestContext.NONE, this::quick).remembered()).isFalse();
    assertThat(looks.of("a", RequestContext.NONE, this::quick).remembered()).isTrue();
    assertThat(made).hasValue(1);
    assertThat(looks.bytes()).isEqualTo(FEATURES.bytes());
  }

  @Test
  void thoseWhoComeMeanwhileShareOneLook() throws InterruptedException {
    CompletableFuture<ImageLooks.Look> first = looking(RequestContext.NONE);
    begun.await();
    List<CompletableFuture<ImageLooks.Look>> others =
        IntStream.range(0, 10).mapToObj(i -> looking(RequestContext.NONE)).toList();
    goOn.countDown();

    assertThat(first.join().remembered()).isFalse();
    assertThat(others).allSatisfy(other -> assertThat(other.join().remembered()).isTrue());
    assertThat(made).hasValue(1);
  }

  @Test
  void aBrokenImageIsBrokenForAllWhoSendIt() throws InterruptedException {
    CompletableFuture<ImageLooks.Look> first =
        failing(new GroundingException(Reason.IMAGE_BROKEN, "image", "broken"));
    begun.await();
    CompletableFuture<ImageLooks.Look> other = looking(RequestContext.NONE);
    goOn.countDown();

    assertThatThrownBy(first::join).hasRootCauseMessage("broken.");
    // It came while the first one looked, or after that, when it looks for itself.
    assertThat(other.handle((look, failure) -> failure == null ? made.get() : 0).join())
        .isBetween(0, 1);
  }

  @Test
  void anothersDeadlineIsNoReasonToFail() throws InterruptedException {
    CompletableFuture<ImageLooks.Look> first =
        failing(new GroundingException(Reason.DEADLINE_EXCEEDED, null, "late"));
    begun.await();
    CompletableFuture<ImageLooks.Look> other = looking(RequestContext.NONE);
    goOn.countDown();

    assertThatThrownBy(first::join).hasRootCauseMessage("late.");
    assertThat(other.join().features()).isSameAs(FEATURES);
  }

  @Test
  void whoWaitsForAnothersLookHasItsOwnDeadline() throws InterruptedException {
    CompletableFuture<ImageLooks.Look> first = looking(RequestContext.NONE);
    begun.await();
    assertThatThrownBy(
            () ->
                looks.of(
                    "a",
                    RequestContext.NONE.within(Deadline.after(Duration.ofMillis(20))),
                    this::quick))
        .isInstanceOfSatisfying(
            GroundingException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.DEADLINE_EXCEEDED));
    goOn.countDown();
    assertThat(first.join().features()).isSameAs(FEATURES);
  }

  @Test
  void whoHasGoneDoesNotWaitForAnothersLook() throws InterruptedException {
    CompletableFuture<ImageLooks.Look> first = looking(RequestContext.NONE);
    begun.await();
    Cancellation cancellation = new Cancellation();
    CompletableFuture<ImageLooks.Look> gone =
        looking(RequestContext.NONE.cancelledBy(cancellation));
    cancellation.cancel();
    assertThatThrownBy(gone::join).hasRootCauseInstanceOf(GroundingException.class);
    goOn.countDown();
    assertThat(first.join().features()).isSameAs(FEATURES);
  }

  private ImageFeatures quick() {
    made.incrementAndGet();
    return FEATURES;
  }

  private CompletableFuture<ImageLooks.Look> looking(RequestContext context) {
    return asking(
        context,
        () -> {
          pause();
          return quick();
        });
  }

  private CompletableFuture<ImageLooks.Look> failing(GroundingException failure) {
    return asking(
        RequestContext.NONE,
        () -> {
          pause();
          throw failure;
        });
  }

  private CompletableFuture<ImageLooks.Look> asking(
      RequestContext context, java.util.function.Supplier<ImageFeatures> look) {
    return CompletableFuture.supplyAsync(
        () -> looks.of("a", context, look), task -> new Thread(task).start());
  }

  private void pause() {
    begun.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
