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

  private static final Duration LONG = Duration.ofMinutes(10);

  private final PassQueue passes = new PassQueue(1);
  private final List<List<Integer>> looks = Collections.synchronizedList(new ArrayList<>());

  /** An image is told by its width. */
  private static UprightImage image(int width) {
    return new UprightImage(width, 1, new byte[3 * width]);
  }

  private List<ImageFeatures> see(List<UprightImage> images) {
    looks.add(images.stream().map(UprightImage::width).toList());
    return images.stream()
        .map(image -> new ImageFeatures(image.width(), 1, new float[4], List.of()))
        .toList();
  }

  private CompletableFuture<Integer> looking(
      ImageBatcher batcher, int width, RequestContext context) {
    return looking(batcher, width, this::see, context);
  }

  private static CompletableFuture<Integer> looking(
      ImageBatcher batcher, int width, ImageBatcher.Pass pass, RequestContext context) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (ImageBatcher.Arrival arrival = batcher.announce();
              HeldPass held = new HeldPass()) {
            return arrival.look(image(width), pass, held, context).width();
          }
        },
        task -> new Thread(task).start());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(1);
    }
  }

  /** Lets the first of several lead and the others join, while somebody else has the pass. */
  private void joined(ImageBatcher batcher, int places) throws InterruptedException {
    await(() -> passes.waiting() == 1 && batcher.gathered() == places);
  }

  @Test
  void whoLeadsKeepsThePassForWhatComesNext() {
    ImageBatcher batcher = new ImageBatcher(passes, 1, LONG);
    RequestContext hurried = RequestContext.NONE.within(Deadline.after(Duration.ofMillis(50)));
    try (ImageBatcher.Arrival arrival = batcher.announce();
        HeldPass held = new HeldPass()) {
      arrival.look(image(1), this::see, held, RequestContext.NONE);

      assertThatThrownBy(() -> passes.await(hurried)).isInstanceOf(GroundingException.class);
      held.take().orElseThrow().close();
      assertThat(held.take()).isEmpty();
      passes.await(RequestContext.NONE).close();
    }
  }

  @Test
  void aPassIsGivenBackByWhoFails() {
    ImageBatcher batcher = new ImageBatcher(passes, 1, LONG);
    CompletableFuture<Integer> failing =
        looking(
            batcher,
            1,
            images -> {
              throw new IllegalStateException("as meant");
            },
            RequestContext.NONE);

    assertThatThrownBy(failing::join).hasRootCauseMessage("as meant");
    passes.await(RequestContext.NONE).close();
  }

  @Test
  void whoIsAloneDoesNotWait() {
    ImageBatcher batcher = new ImageBatcher(passes, 8, LONG);

    assertThat(looking(batcher, 1, RequestContext.NONE).join()).isEqualTo(1);
    assertThat(looks).containsExactly(List.of(1));
  }

  @Test
  void thoseWhoWaitForAPassShareIt() throws InterruptedException {
    ImageBatcher batcher = new ImageBatcher(passes, 8, LONG);
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    try (PassQueue.Pass others = passes.await(RequestContext.NONE)) {
      for (int width = 1; width <= 3; width++) {
        all.add(looking(batcher, width, RequestContext.NONE));
        joined(batcher, width);
      }
    }

    assertThat(all).extracting(CompletableFuture::join).containsExactly(1, 2, 3);
    assertThat(looks).containsExactly(List.of(1, 2, 3));
  }

  @Test
  void aPassWaitsForAnImageThatIsBeingDecoded() {
    ImageBatcher batcher = new ImageBatcher(passes, 2, LONG);
    ImageBatcher.Arrival decoding = batcher.announce();
    CompletableFuture<Integer> first = looking(batcher, 1, RequestContext.NONE);
    while (batcher.gathered() < 1) {
      Thread.onSpinWait();
    }

    try (HeldPass held = new HeldPass()) {
      assertThat(decoding.look(image(2), this::see, held, RequestContext.NONE).width())
          .isEqualTo(2);
    }
    assertThat(first.join()).isEqualTo(1);
    assertThat(looks).containsExactly(List.of(1, 2));
  }

  @Test
  void anImageThatCannotBeDecodedIsNotWaitedFor() throws InterruptedException {
    ImageBatcher batcher = new ImageBatcher(passes, 2, LONG);
    ImageBatcher.Arrival decoding = batcher.announce();
    CompletableFuture<Integer> first = looking(batcher, 1, RequestContext.NONE);
    await(() -> batcher.gathered() == 1);
    decoding.close();

    assertThat(first.join()).isEqualTo(1);
  }

  @Test
  void theWindowEnds() {
    ImageBatcher batcher = new ImageBatcher(passes, 2, Duration.ofMillis(1));
    try (ImageBatcher.Arrival never = batcher.announce()) {
      assertThat(looking(batcher, 1, RequestContext.NONE).join()).isEqualTo(1);
    }
  }

  @Test
  void aPassHasNoMoreThanTheMost() throws InterruptedException {
    ImageBatcher batcher = new ImageBatcher(passes, 1, LONG);
    CompletableFuture<Integer> first;
    CompletableFuture<Integer> second;
    try (PassQueue.Pass others = passes.await(RequestContext.NONE)) {
      first = looking(batcher, 1, RequestContext.NONE);
      await(() -> passes.waiting() == 1);
      second = looking(batcher, 2, RequestContext.NONE);
      await(() -> passes.waiting() == 2);
    }

    assertThat(first.join()).isEqualTo(1);
    assertThat(second.join()).isEqualTo(2);
    assertThat(looks).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void anImageThatFailsDoesNotFailItsNeighbours() throws InterruptedException {
    ImageBatcher batcher = new ImageBatcher(passes, 8, LONG);
    ImageBatcher.Pass failing =
        images -> {
          if (images.stream().anyMatch(image -> image.width() == 2)) {
            throw new IllegalStateException("cannot see 2");
          }
          return see(images);
        };
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    try (PassQueue.Pass others = passes.await(RequestContext.NONE)) {
      for (int width = 1; width <= 3; width++) {
        all.add(looking(batcher, width, failing, RequestContext.NONE));
        joined(batcher, width);
      }
    }

    assertThat(all.get(0).join()).isEqualTo(1);
    assertThatThrownBy(all.get(1)::join).hasRootCauseMessage("cannot see 2");
    assertThat(all.get(2).join()).isEqualTo(3);
  }

  @Test
  void whoHasGoneIsNotLookedAt() throws InterruptedException {
    ImageBatcher batcher = new ImageBatcher(passes, 8, LONG);
    Cancellation gone = new Cancellation();
    CompletableFuture<Integer> leader;
    CompletableFuture<Integer> second;
    try (PassQueue.Pass others = passes.await(RequestContext.NONE)) {
      leader = looking(batcher, 1, RequestContext.NONE);
      joined(batcher, 1);
      second = looking(batcher, 2, RequestContext.NONE.cancelledBy(gone));
      joined(batcher, 2);
      gone.cancel();
      assertLate(second);
    }

    assertThat(leader.join()).isEqualTo(1);
    assertThat(looks).containsExactly(List.of(1));
  }

  @Test
  void theOthersGoOnIfTheirLeaderGoes() throws InterruptedException {
    ImageBatcher batcher = new ImageBatcher(passes, 8, LONG);
    Cancellation gone = new Cancellation();
    CompletableFuture<Integer> second;
    try (PassQueue.Pass others = passes.await(RequestContext.NONE)) {
      CompletableFuture<Integer> leader =
          looking(batcher, 1, RequestContext.NONE.cancelledBy(gone));
      joined(batcher, 1);
      second = looking(batcher, 2, RequestContext.NONE);
      joined(batcher, 2);
      gone.cancel();
      assertLate(leader);
    }

    assertThat(second.join()).isEqualTo(2);
    assertThat(looks).containsExactly(List.of(2));
  }

  @Test
  void deadlinesHoldForLeaderAndOthers() throws InterruptedException {
    ImageBatcher batcher = new ImageBatcher(passes, 8, LONG);
    RequestContext soon = RequestContext.NONE.within(Deadline.after(Duration.ofMillis(200)));
    CountDownLatch done = new CountDownLatch(1);
    try (PassQueue.Pass others = passes.await(RequestContext.NONE)) {
      CompletableFuture<Integer> leader = looking(batcher, 1, RequestContext.NONE);
      joined(batcher, 1);
      assertLate(looking(batcher, 2, soon));
      leader.thenRun(done::countDown);
    }
    done.await();

    assertThat(looks).containsExactly(List.of(1));
  }

  private static void assertLate(CompletableFuture<?> look) {
    assertThatThrownBy(look::join)
        .hasCauseInstanceOf(GroundingException.class)
        .extracting(failure -> ((GroundingException) failure.getCause()).reason())
        .isEqualTo(Reason.DEADLINE_EXCEEDED);
  }
}
