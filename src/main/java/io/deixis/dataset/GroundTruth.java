package io.deixis.dataset;

import io.deixis.geometry.Box;
import java.util.List;

/**
 * One phrase occurrence with its truth boxes: the unit that training learns from and evaluation
 * counts.
 *
 * @param image the image's id
 * @param sentence the caption's line, from 0
 * @param phrase the phrase in that caption
 * @param boxes the boxes of its chain, at least one, in 0-based pixels of the image as annotated
 */
public record GroundTruth(String image, int sentence, EntityPhrase phrase, List<Box> boxes) {

  /**
   * Copies the boxes.
   *
   * @throws IllegalArgumentException if there is no box
   */
  public GroundTruth {
    boxes = List.copyOf(boxes);
    if (boxes.isEmpty()) {
      throw new IllegalArgumentException("Ground truth needs at least one box.");
    }
  }

  /** Returns the smallest box that holds every truth box. */
  public Box enclosingBox() {
    return boxes.stream().reduce(Box::enclosing).orElseThrow();
  }
}
