package io.deixis.evaluation;

import io.deixis.dataset.GroundTruth;
import io.deixis.geometry.Box;
import io.deixis.metrics.RecallAtK;
import java.util.List;

/**
 * A phrase occurrence and what a request without options would get for it.
 *
 * @param truth the phrase and its boxes
 * @param caption the plain caption that the phrase stands in
 * @param width of the image as annotated, in pixels
 * @param height of the image as annotated, in pixels
 * @param boxes the boxes found, best first, in pixels of the image as annotated
 * @param logits the boxes' uncalibrated logits, as many as boxes
 * @param aloneLogit the best box's logit when the phrase is asked for without its sentence, as
 *     absent phrases are
 * @param aloneHit whether that box meets a truth box
 * @param reachable whether any candidate region meets a truth box before it is refined
 */
public record PhraseCase(
    GroundTruth truth,
    String caption,
    int width,
    int height,
    List<Box> boxes,
    List<Double> logits,
    double aloneLogit,
    boolean aloneHit,
    boolean reachable) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there are not as many logits as boxes
   */
  public PhraseCase {
    boxes = List.copyOf(boxes);
    logits = List.copyOf(logits);
    if (boxes.size() != logits.size()) {
      throw new IllegalArgumentException(
          "A case needs one logit for every box, not %d for %d."
              .formatted(logits.size(), boxes.size()));
    }
  }

  /** Returns the highest IoU of one of the boxes with a truth box, in [0, 1]. */
  public double iou(int box) {
    return truth.boxes().stream().mapToDouble(boxes.get(box)::iou).max().orElse(0);
  }

  /** Returns whether one of the boxes meets a truth box. */
  public boolean hit(int box) {
    return iou(box) >= RecallAtK.STANDARD_IOU;
  }

  /** Returns the IoU of the best box; 0 if nothing was found. */
  public double bestIou() {
    return boxes.isEmpty() ? 0 : iou(0);
  }

  /** Returns what became of the phrase. */
  public Outcome outcome() {
    return Outcome.of(this);
  }
}
