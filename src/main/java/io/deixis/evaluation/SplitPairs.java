package io.deixis.evaluation;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.QueryRegionPairs;
import io.deixis.grounding.CandidateModel;
import io.deixis.runlog.TrainingListener;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Pairs the phrases of images with the candidates that a model proposes. */
public final class SplitPairs {

  private final GroundingDataset data;
  private final CandidateModel model;
  private final TrainingListener listener;

  /** Prepares the pairing. */
  public SplitPairs(GroundingDataset data, CandidateModel model, TrainingListener listener) {
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
    try (ReadAhead<CandidateModel.DecodedImage> images =
        new ReadAhead<>(data, ids, model::decode)) {
      long done = 0;
      for (String id : ids) {
        AnnotatedImage image = data.read(id);
        consumer.accept(
            image,
            QueryRegionPairs.of(
                image.groundTruth(),
                images.next().encode(image.width(), image.height()).candidates()));
        listener.onStep(new TrainingListener.Progress("pairs", ++done, ids.size(), Map.of()));
      }
    }
  }
}
