package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.engine.image.UprightImage;
import io.deixis.grounding.Cancellation;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ImageBatcherTest {

  private final PassQueue passes = new PassQueue(1);
  private final List<List<Integer>> encoded = Collections.synchronizedList(new ArrayList<>());

  /** An image is told by its width. */
  private static UprightImage image(int width) {
    return new UprightImage(width, 1, new byte[3 * width]);
  }

  private List<ImageFeatures> see(List<UprightImage> images) {
    encoded.add(images.stream().map(UprightImage::width).toList());
    return images.stream()
        .map(image -> new ImageFeatures(image.width(), 1, new float[4], List.of()))
        .toList();
  }

  private CompletableFuture<Integer> encoding(
      ImageBatcher batcher, int width, RequestContext context) {
    return encoding(batcher, width, this::see, context);
  }

  private CompletableFuture<Integer> encoding(
      ImageBatcher batcher, int width, ImageBatcher.Pass pass, RequestContext context) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (PassQueue.Turns turns = passes.turns(context)) {
            return batcher.encode(image(width), pass, turns, context).width();
          }
        },
        task -> new Thread(task).start());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(1);
    }
  }

  /** Waits until so many wait for the pass that somebody else has. */
  private void waiting(int count) throws InterruptedException {
    await(() -> passes.waiting() == count);
  }

  private PassQueue.Turns pass() {
    PassQueue.Turns turns = passes.turns(RequestContext.NONE);
    turns.begin();
    return turns;
  }

  @Test
  void whoEncodesKeepsThePassForWhatComesNext() {
    ImageBatcher batcher = new ImageBatcher(1);
    RequestContext hurried = RequestContext.NONE.within(Deadline.after(Duration.ofMillis(50)));
    try (PassQueue.Turns turns = passes.turns(RequestContext.NONE)) {
      batcher.encode(image(1), this::see, turns, RequestContext.NONE);

      assertThatThrownBy(() -> passes.turns(hurried).begin())
          .isInstanceOf(GroundingException.class);
      turns.close();
      pass().close();
    }
  }

  @Test
  void aPassIsGivenBackByWhoFails() {
    ImageBatcher batcher = new ImageBatcher(1);
    CompletableFuture<Integer> failing =
        encoding(
            batcher,
            1,
            images -> {
              throw new IllegalStateException("as meant");
            },
            RequestContext.NONE);

    assertThatThrownBy(failing::join).hasRootCauseMessage("as meant");
    pass().close();
  }

  @Test
  void whoIsAloneDoesNotWait() {
    ImageBatcher batcher = new ImageBatcher(8);

    assertThat(encoding(batcher, 1, RequestContext.NONE).join()).isEqualTo(1);
    assertThat(encoded).containsExactly(List.of(1));
  }

  @Test
  void thoseWhoWaitForAPassShareIt() throws InterruptedException {
    ImageBatcher batcher = new ImageBatcher(8);
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    try (PassQueue.Turns others = pass()) {
      for (int width = 1; width <= 3; width++) {
        all.add(encoding(batcher, width, RequestContext.NONE));
        waiting(width);
      }
    }

    assertThat(all).extracting(CompletableFuture::join).containsExactly(1, 2, 3);
    assertThat(encoded).containsExactly(List.of(1, 2, 3));
  }

  @Test
  void aPassHasNoMoreThanTheMost() throws InterruptedException {
    ImageBatcher batcher = new ImageBatcher(1);
    CompletableFuture<Integer> first;
    CompletableFuture<Integer> second;
    try (PassQueue.Turns others = pass()) {
      first = encoding(batcher, 1, RequestContext.NONE);
      waiting(1);
      second = encoding(batcher, 2, RequestContext.NONE);
      waiting(2);
    }

    assertThat(first.join()).isEqualTo(1);
    assertThat(second.join()).isEqualTo(2);
    assertThat(encoded).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void anImageThatFailsDoesNotFailItsNeighbours() throws InterruptedException {
    ImageBatcher batcher = new ImageBatcher(8);
    ImageBatcher.Pass failing =
        images -> {
          if (images.stream().anyMatch(image -> image.width() == 2)) {
            throw new IllegalStateException("cannot see 2");
          }
          return see(images);
        };
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    try (PassQueue.Turns others = pass()) {
      for (int width = 1; width <= 3; width++) {
        all.add(encoding(batcher, width, failing, RequestContext.NONE));
        waiting(width);
      }
    }

    assertThat(all.get(0).join()).isEqualTo(1);
    assertThatThrownBy(all.get(1)::join).hasRootCauseMessage("cannot see 2");
    assertThat(all.get(2).join()).isEqualTo(3);
  }

  @Test
  void whoHasGoneIsNotEncoded() throws InterruptedException {
    ImageBatcher batcher = new ImageBatcher(8);
    Cancellation gone = new Cancellation();
    CompletableFuture<Integer> first;
    CompletableFuture<Integer> second;
    try (PassQueue.Turns others = pass()) {
      first = encoding(batcher, 1, RequestContext.NONE);
      waiting(1);
      second = encoding(batcher, 2, RequestContext.NONE.cancelledBy(gone));
      waiting(2);
      gone.cancel();
      assertLate(second);
    }

    assertThat(first.join()).isEqualTo(1);
    assertThat(encoded).containsExactly(List.of(1));
  }

  @Test
  void theOthersGoOnIfTheFirstOneGoes() throws InterruptedException {
    ImageBatcher batcher = new ImageBatcher(8);
    Cancellation gone = new Cancellation();
    CompletableFuture<Integer> second;
    try (PassQueue.Turns others = pass()) {
      CompletableFuture<Integer> first =
          encoding(batcher, 1, RequestContext.NONE.cancelledBy(gone));
      waiting(1);
      second = encoding(batcher, 2, RequestContext.NONE);
      waiting(2);
      gone.cancel();
      assertLate(first);
    }

    assertThat(second.join()).isEqualTo(2);
    assertThat(encoded).containsExactly(List.of(2));
  }

  @Test
  void deadlinesHoldForThoseWhoWait() throws InterruptedException {
    ImageBatcher batcher = new ImageBatcher(8);
    RequestContext soon = RequestContext.NONE.within(Deadline.after(Duration.ofMillis(200)));
    CountDownLatch done = new CountDownLatch(1);
    try (PassQueue.Turns others = pass()) {
      CompletableFuture<Integer> first = encoding(batcher, 1, RequestContext.NONE);
      waiting(1);
      assertLate(encoding(batcher, 2, soon));
      first.thenRun(done::countDown);
    }
    done.await();

    assertThat(encoded).containsExactly(List.of(1));
  }

  private static void assertLate(CompletableFuture<?> look) {
    assertThatThrownBy(look::join)
        .hasCauseInstanceOf(GroundingException.class)
        .extracting(failure -> ((GroundingException) failure.getCause()).reason())
        .isEqualTo(Reason.DEADLINE_EXCEEDED);
  }
}
