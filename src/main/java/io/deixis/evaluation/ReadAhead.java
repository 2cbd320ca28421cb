package io.deixis.evaluation;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import io.deixis.geometry.Sized;
import io.deixis.grounding.GroundingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Decodes the images of a data set ahead of the network, in order, a bounded number at a time.
 *
 * @param <T> a decoded image
 */
public class ReadAhead<T extends Sized> implements Iterator<T>, AutoCloseable {

  /** Decoded images that wait at most. */
  private static final int AHEAD = 32;

  private final GroundingDataset data;
  private final Function<byte[], T> decoder;
  private final Iterator<String> ids;
  private final Deque<Future<T>> queue = new ArrayDeque<>();
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "image-prefetch");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Starts decoding images.
   *
   * @param data has the images
   * @param ids which images, in this order
   * @param decoder decodes the bytes of an image; throws a {@link GroundingException} if it cannot
   */
  public ReadAhead(GroundingDataset data, List<String> ids, Function<byte[], T> decoder) {
    this.data = data;
    this.decoder = decoder;
    this.ids = ids.iterator();
    for (int i = 0; i < AHEAD; i++) {
      submitNext();
    }
  }

  @Override
  public final boolean hasNext() {
    return !queue.isEmpty();
  }

  /**
   * Returns the next image.
   *
   * @throws DatasetException if it is missing or damaged, or has another shape than its annotations
   *     say
   */
  @Override
  public final T next() {
    if (queue.isEmpty()) {
      throw new NoSuchElementException();
    }
    Future<T> first = queue.removeFirst();
    submitNext();
    try {
      return first.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatasetException("The run was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DatasetException known) {
        throw known;
      }
      if (e.getCause() instanceof Error error) {
        throw error; // too little memory is not the image's fault
      }
      throw new DatasetException("The images cannot be read; look at their folder.", e.getCause());
    }
  }

  private void submitNext() {
    if (ids.hasNext()) {
      String id = ids.next();
      queue.addLast(executor.submit(() -> decode(id)));
    }
  }

  private T decode(String id) {
    try {
      T image = decoder.apply(Files.readAllBytes(data.image(id)));
      refuseOtherShape(id, image);
      return image;
    } catch (GroundingException | IOException e) {
      if (e.getCause() instanceof OutOfMemoryError full) {
        throw full;
      }
      throw unreadable(id, e);
    }
  }

  private void refuseOtherShape(String id, T image) {
    AnnotatedImage annotated = data.read(id);
    annotated
        .sizeDefect(data.image(id), image.width(), image.height())
        .filter(defect -> !annotated.hasShapeOf(image.width(), image.height()))
        .ifPresent(
            defect -> {
              throw DatasetException.damaged(
                  "%s; restore it or take %s out of the split list.".formatted(defect.text(), id),
                  null);
            });
  }

  private DatasetException unreadable(String id, Exception cause) {
    boolean missing = cause instanceof NoSuchFileException;
    String message =
        "The image %s %s; restore it or take %s out of the split list."
            .formatted(data.image(id), missing ? "is missing" : "is damaged", id);
    return missing
        ? DatasetException.absentImages(message, cause)
        : DatasetException.damaged(message, cause);
  }

  @Override
  public final void close() {
    executor.shutdownNow();
  }
}
