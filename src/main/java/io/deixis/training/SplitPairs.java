package io.deixis.training;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.QueryRegionPairs;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.ImageFeatures;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.images.ImagePrefetch;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Pairs the phrases of images with the candidates that a model proposes. */
public final class SplitPairs {

  private final GroundingDataset data;
  private final GroundingModel model;
  private final TrainingListener listener;

  /** Prepares the pairing. */
  public SplitPairs(GroundingDataset data, GroundingModel model, TrainingListener listener) {
    this.data = data;
    this.model = model;
    this.listener = listener;
  }

  /**
   * Pairs images one after the other.
   *
   * @param ids which images
   * @param consumer told each image's annotations and the pairs of its phrases that have a box
   */
  public void run(List<String> ids, BiConsumer<AnnotatedImage, QueryRegionPairs> consumer) {
    try (ImagePrefetch images = new ImagePrefetch(data, ids)) {
      long done = 0;
      for (String id : ids) {
        AnnotatedImage image = data.read(id);
        ImageFeatures features = model.look(images.next()).ofSize(image.width(), image.height());
        consumer.accept(
            image, QueryRegionPairs.of(image.groundTruth(), model.candidates(features)));
        listener.onStep(new TrainingListener.Progress("pairs", ++done, ids.size(), Map.of()));
      }
    }
  }
}
