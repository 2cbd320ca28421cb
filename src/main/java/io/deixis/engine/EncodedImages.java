package io.deixis.engine;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Encodes each image once: features of recent images are cached, and a request for an image that
 * another request is encoding waits for it. Thread-safe.
 */
final class EncodedImages {

  /** What is wrong with the image itself, and so for everybody who sends it. */
  private static final Set<Reason> OF_THE_IMAGE =
      Set.of(
          Reason.IMAGE_TOO_MANY_BYTES,
          Reason.IMAGE_TOO_MANY_PIXELS,
          Reason.IMAGE_UNSUPPORTED,
          Reason.IMAGE_BROKEN);

  private final AsyncCache<String, ImageFeatures> cache;

  /** Creates a cache of {@code capacity} bytes; 0 remembers nothing. */
  EncodedImages(long capacity) {
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(capacity)
            .<String, ImageFeatures>weigher(
                (key, features) -> (int) Math.min(Integer.MAX_VALUE, features.bytes()))
            .executor(Runnable::run)
            .buildAsync();
  }

  /**
   * An image's features.
   *
   * @param features of the image
   * @param remembered whether another request had encoded it before, or did at the same time
   */
  record Encoded(ImageFeatures features, boolean remembered) {}

  /**
   * Returns the features of an image.
   *
   * @param key the same for the same content
   * @param context how long to wait for another request
   * @param encode encodes it
   * @throws GroundingException as {@code encode} does; with reason {@code DEADLINE_EXCEEDED} if
   *     somebody else takes too long, or the caller has gone meanwhile
   */
  Encoded of(String key, RequestContext context, Supplier<ImageFeatures> encode) {
    while (true) {
      CompletableFuture<ImageFeatures> own = new CompletableFuture<>();
      CompletableFuture<ImageFeatures> others = cache.asMap().putIfAbsent(key, own);
      if (others == null) {
        return new Encoded(complete(own, encode), false);
      }
      Optional<ImageFeatures> shared = await(others, context);
      if (shared.isPresent()) {
        return new Encoded(shared.get(), true);
      }
    }
  }

  /** A failure is not remembered. */
  private static ImageFeatures complete(
      CompletableFuture<ImageFeatures> own, Supplier<ImageFeatures> encode) {
    try {
      ImageFeatures features = encode.get();
      own.complete(features);
      return features;
    } catch (RuntimeException | Error failure) {
      own.completeExceptionally(failure);
      throw failure;
    }
  }

  /** Returns nothing if the other failed for a reason of its own, such as its deadline. */
  private static Optional<ImageFeatures> await(
      CompletableFuture<ImageFeatures> others, RequestContext context) {
    try {
      return Optional.of(Waits.await(others.copy(), context));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof GroundingException refusal
          && OF_THE_IMAGE.contains(refusal.reason())) {
        throw refusal;
      }
      return Optional.empty();
    }
  }

  /** Forgets all features. */
  void clear() {
    cache.synchronous().invalidateAll();
  }

  /** Returns the bytes that remembered features take. */
  long bytes() {
    return cache.synchronous().policy().eviction().orElseThrow().weightedSize().orElse(0);
  }
}
