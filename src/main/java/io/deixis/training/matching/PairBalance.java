package io.deixis.training.matching;

import io.deixis.geometry.Box;
import io.deixis.training.features.FeatureCache;
import java.util.List;

/**
 * How many query-region pairs are positive (IoU with a truth box of at least one half).
 *
 * @param positives how many are
 * @param negatives how many are not
 */
public record PairBalance(long positives, long negatives) {

  private static final int SAMPLE = 200;
  private static final float MOST = 20;
  private static final double POSITIVE_IOU = 0.5;

  /** Counts the pairs of the first images, {@value #SAMPLE} at most. */
  public static PairBalance of(List<TrainingImage> images, FeatureCache cache) {
    long positives = 0;
    long all = 0;
    for (TrainingImage image : images.subList(0, Math.min(SAMPLE, images.size()))) {
      float[] boxes = cache.boxes(image.key());
      for (TrainingPhrase phrase : image.phrases()) {
        for (int at = 0; at < boxes.length; at += 4) {
          Box candidate = HeadBatch.box(boxes, at);
          all++;
          if (phrase.truth().stream().anyMatch(truth -> truth.iou(candidate) >= POSITIVE_IOU)) {
            positives++;
          }
        }
      }
    }
    return new PairBalance(positives, all - positives);
  }

  /**
   * Returns the weight of a positive pair with which both kinds count the same in all, at most
   * {@value #MOST} so that a rare positive does not outweigh everything.
   */
  public float positiveWeight() {
    return Math.min(MOST, (float) negatives / Math.max(1, positives));
  }
}
