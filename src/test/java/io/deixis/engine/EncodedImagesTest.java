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
class EncodedImagesTest {

  private static final ImageFeatures FEATURES =
      new ImageFeatures(10, 10, new float[4], List.of(new float[256]));

  private final EncodedImages images = new EncodedImages(1 << 20);
  private final AtomicInteger made = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @Test
  void anImageIsEncodedOnce() {
    assertThat(images.of("a", RequestContext.NONE, this::quick).remembered()).isFalse();
    assertThat(images.of("a", RequestContext.NONE, this::quick).remembered()).isTrue();
    assertThat(made).hasValue(1);
    assertThat(images.bytes()).isEqualTo(FEATURES.bytes());
  }

  @Test
  void thoseWhoComeMeanwhileShareTheResult() throws InterruptedException {
    CompletableFuture<EncodedImages.Encoded> first = encoding(RequestContext.NONE);
    begun.await();
    List<CompletableFuture<EncodedImages.Encoded>> others =
        IntStream.range(0, 10).mapToObj(i -> encoding(RequestContext.NONE)).toList();
    goOn.countDown();

    assertThat(first.join().remembered()).isFalse();
    assertThat(others).allSatisfy(other -> assertThat(other.join().remembered()).isTrue());
    assertThat(made).hasValue(1);
  }

  @Test
  void aBrokenImageIsBrokenForAllWhoSendIt() throws InterruptedException {
    CompletableFuture<EncodedImages.Encoded> first =
        failing(new GroundingException(Reason.IMAGE_BROKEN, "image", "broken"));
    begun.await();
    CompletableFuture<EncodedImages.Encoded> other = encoding(RequestContext.NONE);
    goOn.countDown();

    assertThatThrownBy(first::join).hasRootCauseMessage("broken.");
    // It came while the first one was at it, or after that, when it encodes for itself.
    assertThat(other.handle((encoded, failure) -> failure == null ? made.get() : 0).join())
        .isBetween(0, 1);
  }

  @Test
  void anothersDeadlineIsNoReasonToFail() throws InterruptedException {
    CompletableFuture<EncodedImages.Encoded> first =
        failing(new GroundingException(Reason.DEADLINE_EXCEEDED, null, "late"));
    begun.await();
    CompletableFuture<EncodedImages.Encoded> other = encoding(RequestContext.NONE);
    goOn.countDown();

    assertThatThrownBy(first::join).hasRootCauseMessage("late.");
    assertThat(other.join().features()).isSameAs(FEATURES);
  }

  @Test
  void whoWaitsForAnotherHasItsOwnDeadline() throws InterruptedException {
    CompletableFuture<EncodedImages.Encoded> first = encoding(RequestContext.NONE);
    begun.await();
    assertThatThrownBy(
            () ->
                images.of(
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
  void whoHasGoneDoesNotWaitForAnother() throws InterruptedException {
    CompletableFuture<EncodedImages.Encoded> first = encoding(RequestContext.NONE);
    begun.await();
    Cancellation cancellation = new Cancellation();
    CompletableFuture<EncodedImages.Encoded> gone =
        encoding(RequestContext.NONE.cancelledBy(cancellation));
    cancellation.cancel();
    assertThatThrownBy(gone::join).hasRootCauseInstanceOf(GroundingException.class);
    goOn.countDown();
    assertThat(first.join().features()).isSameAs(FEATURES);
  }

  @Test
  void featuresTakeNoMoreBytesThanAllowed() {
    EncodedImages two = new EncodedImages(2 * FEATURES.bytes());
    for (String key : List.of("a", "b", "c", "d", "e")) {
      two.of(key, RequestContext.NONE, this::quick);
    }

    assertThat(made).hasValue(5);
    assertThat(two.bytes()).isPositive().isLessThanOrEqualTo(2 * FEATURES.bytes());
  }

  @Test
  void whatDoesNotFitIsNotRemembered() {
    EncodedImages small = new EncodedImages(FEATURES.bytes() - 1);
    EncodedImages none = new EncodedImages(0);
    for (EncodedImages cache : List.of(small, none)) {
      assertThat(cache.of("a", RequestContext.NONE, this::quick).remembered()).isFalse();
      assertThat(cache.of("a", RequestContext.NONE, this::quick).remembered()).isFalse();
      assertThat(cache.bytes()).isZero();
    }
  }

  @Test
  void forgetsEverythingWhenAsked() {
    images.of("a", RequestContext.NONE, this::quick);
    images.clear();

    assertThat(images.bytes()).isZero();
    assertThat(images.of("a", RequestContext.NONE, this::quick).remembered()).isFalse();
  }

  @Test
  void aFailureIsNotRemembered() {
    assertThatThrownBy(
            () ->
                images.of(
                    "a",
                    RequestContext.NONE,
                    () -> {
                      throw new IllegalStateException("as meant");
                    }))
        .hasMessage("as meant");

    assertThat(images.of("a", RequestContext.NONE, this::quick).features()).isSameAs(FEATURES);
  }

  private ImageFeatures quick() {
    made.incrementAndGet();
    return FEATURES;
  }

  private CompletableFuture<EncodedImages.Encoded> encoding(RequestContext context) {
    return asking(
        context,
        () -> {
          pause();
          return quick();
        });
  }

  private CompletableFuture<EncodedImages.Encoded> failing(GroundingException failure) {
    return asking(
        RequestContext.NONE,
        () -> {
          pause();
          throw failure;
        });
  }

  private CompletableFuture<EncodedImages.Encoded> asking(
      RequestContext context, java.util.function.Supplier<ImageFeatures> encode) {
    return CompletableFuture.supplyAsync(
        () -> images.of("a", context, encode), task -> new Thread(task).start());
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
