package io.deixis.training.images;

import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.grounding.GroundingException;
import io.deixis.runlog.TrainingException;
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

/** Decodes the images of a data set ahead of the network, in order, a bounded number at a time. */
public final class ImagePrefetch implements Iterator<UprightImage>, AutoCloseable {

  private static final int AHEAD = 32;

  private final GroundingDataset data;
  private final ImageDecoder decoder = new ImageDecoder(64 << 20, 100_000_000L);
  private final Iterator<String> ids;
  private final Deque<Future<UprightImage>> queue = new ArrayDeque<>();
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "image-prefetch");
            thread.setDaemon(true);
            return thread;
          });

  /** Starts decoding {@code ids} of {@code data}. */
  public ImagePrefetch(GroundingDataset data, List<String> ids) {
    this.data = data;
    this.ids = ids.iterator();
    for (int i = 0; i < AHEAD; i++) {
      submitNext();
    }
  }

  @Override
  public boolean hasNext() {
    return !queue.isEmpty();
  }

  @Override
  public UprightImage next() {
    if (queue.isEmpty()) {
      throw new NoSuchElementException();
    }
    Future<UprightImage> first = queue.removeFirst();
    submitNext();
    try {
      return first.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("The training was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TrainingException known) {
        throw known;
      }
      if (e.getCause() instanceof Error error) {
        throw error; // too little memory is not the image's fault
      }
      throw new TrainingException("The images cannot be read; look at their folder.", e.getCause());
    }
  }

  private void submitNext() {
    if (ids.hasNext()) {
      String id = ids.next();
      queue.addLast(executor.submit(() -> decode(id)));
    }
  }

  private UprightImage decode(String id) {
    try {
      return decoder.decode(Files.readAllBytes(data.image(id)));
    } catch (GroundingException | IOException e) {
      if (e.getCause() instanceof OutOfMemoryError full) {
        throw full;
      }
      throw unreadable(id, e);
    }
  }

  private TrainingException unreadable(String id, Exception cause) {
    boolean missing = cause instanceof NoSuchFileException;
    return new TrainingException(
        missing ? TrainingException.Reason.ABSENT_IMAGES : TrainingException.Reason.DAMAGED,
        "The image %s %s; restore it or take %s out of the split list."
            .formatted(data.image(id), missing ? "is missing" : "is damaged", id),
        cause);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
