package io.deixis.engine;

import io.deixis.engine.image.UprightImage;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.RequestContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Lets images that wait for a pass share it: whoever gets a pass encodes the images of those who
 * wait behind it as well, up to a number. A GPU encodes several images in little more time than
 * one. Thread-safe.
 */
final class ImageBatcher {

  private final int most;
  private final Set<Place> waiting = new LinkedHashSet<>();

  /** Creates a batcher of at most {@code most} images a pass, at least 1. */
  ImageBatcher(int most) {
    this.most = most;
  }

  /** Encodes images in one pass. */
  @FunctionalInterface
  interface Pass {

    /** Returns the features of each image, in order. */
    List<ImageFeatures> encode(List<UprightImage> images);
  }

  /** One image, and where its features will be. Two places are never equal. */
  private static final class Place {

    private final UprightImage image;
    private final RequestContext context;
    private final CompletableFuture<ImageFeatures> features = new CompletableFuture<>();

    Place(UprightImage image, RequestContext context) {
      this.image = image;
      this.context = context;
    }
  }

  /**
   * Encodes an image, maybe together with those of others, and leaves its request with a pass.
   *
   * @param turns of the request
   * @param pass encodes the images, unless somebody else does
   * @throws GroundingException with reason {@code DEADLINE_EXCEEDED} if the context's deadline is
   *     over or its caller has gone before; as {@code pass} does
   */
  ImageFeatures encode(
      UprightImage image, Pass pass, PassQueue.Turns turns, RequestContext context) {
    Place own = new Place(image, context);
    synchronized (this) {
      waiting.add(own);
    }
    try {
      turns.begin();
      encode(batch(own), pass);
      return Waits.await(own.features, context);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error lack) {
        throw lack;
      }
      throw (RuntimeException) failed.getCause();
    } finally {
      synchronized (this) {
        waiting.remove(own);
      }
    }
  }

  /** Takes an image and those who wait for a pass; none if somebody else has taken it. */
  private synchronized List<Place> batch(Place own) {
    List<Place> batch = new ArrayList<>();
    if (waiting.remove(own)) {
      batch.add(own);
      waiting.stream()
          .filter(place -> !Waits.isOver(place.context))
          .limit(most - 1L)
          .forEach(batch::add);
      batch.forEach(waiting::remove);
    }
    return batch;
  }

  /** An image that makes a pass fail must not fail others: each then gets its own pass. */
  private static void encode(List<Place> batch, Pass pass) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      List<ImageFeatures> features = pass.encode(batch.stream().map(place -> place.image).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).features.complete(features.get(i));
      }
    } catch (RuntimeException | OutOfMemoryError failure) {
      if (batch.size() == 1) {
        batch.get(0).features.completeExceptionally(failure);
        return;
      }
      batch.forEach(place -> encode(List.of(place), pass));
    }
  }
}
