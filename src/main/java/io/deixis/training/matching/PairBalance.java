package io.deixis.training.matching;

import io.deixis.dataset.QueryRegionPair;
import io.deixis.geometry.Box;
import java.util.List;
import java.util.function.Function;

/**
 * How many query-region pairs are positive (IoU with a truth box of at least one half).
 *
 * @param positives how many are
 * @param negatives how many are not
 */
public record PairBalance(long positives, long negatives) {

  /** So many images tell the balance of all. */
  private static final int SAMPLE = 200;

  /** A rare positive must not outweigh everything else. */
  private static final double MOST = 20;

  /** Returns the images whose pairs are counted for all. */
  public static List<TrainingImage> sample(List<TrainingImage> images) {
    return images.subList(0, Math.min(SAMPLE, images.size()));
  }

  /**
   * Counts the pairs of images.
   *
   * @param boxes returns the candidates of an image, [N, 4] row by row
   */
  public static PairBalance of(List<TrainingImage> images, Function<TrainingImage, float[]> boxes) {
    long positives = 0;
    long all = 0;
    for (TrainingImage image : images) {
      float[] candidates = boxes.apply(image);
      for (TrainingPhrase phrase : image.phrases()) {
        for (int at = 0; at < candidates.length; at += 4) {
          Box candidate = HeadBatch.box(candidates, at);
          all++;
          if (phrase.truth().stream()
              .anyMatch(truth -> truth.iou(candidate) >= QueryRegionPair.POSITIVE_IOU)) {
            positives++;
          }
        }
      }
    }
    return new PairBalance(positives, all - positives);
  }

  /**
   * Returns the weight of a positive pair with which both kinds count the same in all, at most
   * {@value #MOST}.
   *
   * @param oversampling how many positive pairs are drawn for each negative one at least
   */
  public float positiveWeight(double oversampling) {
    double drawn = Math.max(oversampling, (double) positives / Math.max(1, negatives));
    return (float) Math.min(MOST, drawn > 0 ? 1 / drawn : MOST);
  }
}
