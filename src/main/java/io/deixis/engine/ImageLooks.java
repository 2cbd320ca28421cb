package io.deixis.engine;

import io.deixis.grounding.Cancellation;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Looks at each image once: features of images seen lately are remembered, and who asks for an
 * image that somebody is looking at just now waits for that. Thread-safe.
 */
final class ImageLooks {

  /** What is wrong with the image itself, and so for everybody who sends it. */
  private static final Set<Reason> OF_THE_IMAGE =
      Set.of(
          Reason.IMAGE_TOO_MANY_BYTES,
          Reason.IMAGE_TOO_MANY_PIXELS,
          Reason.IMAGE_UNSUPPORTED,
          Reason.IMAGE_BROKEN);

  private final LruCache<String, ImageFeatures> cache;
  private final Map<String, CompletableFuture<ImageFeatures>> looking = new ConcurrentHashMap<>();

  /** Creates looks that remember {@code capacity} bytes of features. */
  ImageLooks(long capacity) {
    this.cache = new LruCache<>(capacity, ImageFeatures::bytes);
  }

  /**
   * What looking came to.
   *
   * @param features of the image
   * @param remembered whether somebody had looked before, or did at the same time
   */
  record Look(ImageFeatures features, boolean remembered) {}

  /**
   * Returns the features of an image.
   *
   * @param key the same for the same content
   * @param context how long to wait for somebody else's look
   * @param look looks at it
   * @throws GroundingException as {@code look} does; with reason {@code DEADLINE_EXCEEDED} if
   *     somebody else's look takes too long, or the caller has gone meanwhile
   */
  Look of(String key, RequestContext context, Supplier<ImageFeatures> look) {
    while (true) {
      Optional<ImageFeatures> known = cache.get(key);
      if (known.isPresent()) {
        return new Look(known.get(), true);
      }
      CompletableFuture<ImageFeatures> own = new CompletableFuture<>();
      CompletableFuture<ImageFeatures> others = looking.putIfAbsent(key, own);
      if (others == null) {
        return new Look(lookFor(key, own, look), false);
      }
      Optional<ImageFeatures> shared = await(others, context);
      if (shared.isPresent()) {
        return new Look(shared.get(), true);
      }
    }
  }

  private ImageFeatures lookFor(
      String key, CompletableFuture<ImageFeatures> own, Supplier<ImageFeatures> look) {
    try {
      ImageFeatures features = look.get();
      cache.put(key, features);
      own.complete(features);
      return features;
    } catch (RuntimeException | Error failure) {
      own.completeExceptionally(failure);
      throw failure;
    } finally {
      looking.remove(key, own);
    }
  }

  /**
   * Returns what another's look gives; nothing if it failed for a reason of its own, such as its
   * deadline.
   */
  private static Optional<ImageFeatures> await(
      CompletableFuture<ImageFeatures> others, RequestContext context) {
    CompletableFuture<ImageFeatures> answer = others.copy();
    try (Cancellation.Registration gone =
        context.cancellation().onCancel(() -> answer.cancel(false))) {
      Optional<Deadline> deadline = context.deadline();
      return Optional.of(
          deadline.isPresent()
              ? answer.get(deadline.get().remaining().toNanos(), TimeUnit.NANOSECONDS)
              : answer.get());
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof GroundingException refusal
          && OF_THE_IMAGE.contains(refusal.reason())) {
        throw refusal;
      }
      return Optional.empty();
    } catch (TimeoutException | CancellationException late) {
      throw late("The time that the request allows was over before the image was looked at.");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw late("The request was ended before the image was looked at.");
    }
  }

  private static GroundingException late(String message) {
    return new GroundingException(Reason.DEADLINE_EXCEEDED, null, message);
  }

  /** Forgets all features. */
  void clear() {
    cache.clear();
  }

  /** Returns the bytes that remembered features take. */
  long bytes() {
    return cache.bytes();
  }
}
