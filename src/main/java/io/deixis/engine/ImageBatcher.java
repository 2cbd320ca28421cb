package io.deixis.engine;

import io.deixis.engine.image.UprightImage;
import io.deixis.grounding.Cancellation;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets images that wait for a pass share it. Who comes first leads the batch: waits for the pass,
 * then for images that are being decoded, at most for the window, and looks at all that have come;
 * the others wait for the outcome. Nobody waits who is alone. Thread-safe.
 */
final class ImageBatcher {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PassQueue passes;
  private final int most;
  private final Duration window;
  private Batch open;
  private int coming;

  /**
   * Creates a batcher.
   *
   * @param passes hands out the passes
   * @param most images of one pass, at least 1
   * @param window how long a pass waits at most for images that are being decoded
   */
  ImageBatcher(PassQueue passes, int most, Duration window) {
    this.passes = passes;
    this.most = most;
    this.window = window;
  }

  /** Looks at images in one pass. */
  @FunctionalInterface
  interface Pass {

    /** Returns the features of each image, in order. */
    List<ImageFeatures> look(List<UprightImage> images);
  }

  /** One image, and where its features will be; nothing if the batch was given up. */
  private record Place(
      UprightImage image,
      RequestContext context,
      CompletableFuture<Optional<ImageFeatures>> answer) {

    boolean isWaitedFor() {
      return !answer.isDone()
          && !context.cancellation().isCancelled()
          && context.deadline().filter(Deadline::expired).isEmpty();
    }
  }

  /** Images that are looked at together; until it is closed guarded by the lock. */
  private record Batch(List<Place> places) {}

  /** Tells that an image will come as soon as it is decoded. */
  Arrival announce() {
    expect(1);
    return new Arrival();
  }

  /** Somebody who comes with an image, or, closed before, without one. For one thread. */
  final class Arrival implements AutoCloseable {

    private boolean pending = true;

    /**
     * Looks at the image, maybe together with those of others.
     *
     * @param pass looks at the images, if this one leads its batch
     * @param held keeps the pass, if this one leads its batch
     * @throws GroundingException with reason {@code DEADLINE_EXCEEDED} if the context's deadline is
     *     over or its caller has gone before; as {@code pass} does
     */
    ImageFeatures look(UprightImage image, Pass pass, HeldPass held, RequestContext context) {
      while (true) {
        held.close();
        Place place = new Place(image, context, new CompletableFuture<>());
        Optional<Batch> led = join(place);
        close();
        led.ifPresent(batch -> lead(batch, pass, held, context));
        Optional<ImageFeatures> features = await(place);
        if (features.isPresent()) {
          return features.get();
        }
      }
    }

    @Override
    public void close() {
      if (pending) {
        pending = false;
        expect(-1);
      }
    }
  }

  /** Returns how many images the open batch has. */
  int gathered() {
    lock.lock();
    try {
      return open == null ? 0 : open.places().size();
    } finally {
      lock.unlock();
    }
  }

  private void expect(int more) {
    lock.lock();
    try {
      coming += more;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes a place in the open batch; returns a new one, to be led, if there is none. */
  private Optional<Batch> join(Place place) {
    lock.lock();
    try {
      Optional<Batch> led = Optional.empty();
      if (open == null) {
        open = new Batch(new ArrayList<>());
        led = Optional.of(open);
      }
      open.places().add(place);
      if (open.places().size() >= most) {
        open = null;
      }
      return led;
    } finally {
      lock.unlock();
    }
  }

  private void lead(Batch batch, Pass pass, HeldPass held, RequestContext context) {
    try {
      held.keep(passes.await(context));
      look(close(batch, context), pass);
    } finally {
      giveUp(batch);
    }
  }

  /** Returns those of the batch whom somebody waits for, and lets nobody in any more. */
  private List<Place> close(Batch batch, RequestContext context) {
    long left =
        Math.min(
            window.toNanos(),
            context.deadline().map(limit -> limit.remaining().toNanos()).orElse(Long.MAX_VALUE));
    lock.lock();
    try {
      while (open == batch && coming > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      shut(batch);
      lock.unlock();
    }
    return batch.places().stream().filter(Place::isWaitedFor).toList();
  }

  private void shut(Batch batch) {
    if (open == batch) {
      open = null;
    }
  }

  /** An image that makes a pass fail shall not fail others: each then has a pass of its own. */
  private static void look(List<Place> places, Pass pass) {
    if (places.isEmpty()) {
      return;
    }
    try {
      List<ImageFeatures> features = pass.look(places.stream().map(Place::image).toList());
      for (int i = 0; i < places.size(); i++) {
        places.get(i).answer().complete(Optional.of(features.get(i)));
      }
    } catch (RuntimeException | OutOfMemoryError failure) {
      if (places.size() == 1) {
        places.get(0).answer().completeExceptionally(failure);
        return;
      }
      places.forEach(place -> look(List.of(place), pass));
    }
  }

  /** Whoever was not looked at, because the leader has gone, finds another batch. */
  private void giveUp(Batch batch) {
    lock.lock();
    try {
      shut(batch);
    } finally {
      lock.unlock();
    }
    batch.places().forEach(place -> place.answer().complete(Optional.empty()));
  }

  private static Optional<ImageFeatures> await(Place place) {
    CompletableFuture<Optional<ImageFeatures>> answer = place.answer();
    RequestContext context = place.context();
    try (Cancellation.Registration gone =
        context.cancellation().onCancel(() -> answer.cancel(false))) {
      Optional<Deadline> deadline = context.deadline();
      return deadline.isPresent()
          ? answer.get(deadline.get().remaining().toNanos(), TimeUnit.NANOSECONDS)
          : answer.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error lack) {
        throw lack;
      }
      throw (RuntimeException) failed.getCause();
    } catch (TimeoutException | CancellationException late) {
      answer.cancel(false);
      throw late("The time that the request allows was over before the image was looked at.");
    } catch (InterruptedException stopped) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      throw late("The request was ended before the image was looked at.");
    }
  }

  private static GroundingException late(String message) {
    return new GroundingException(Reason.DEADLINE_EXCEEDED, null, message);
  }
}
