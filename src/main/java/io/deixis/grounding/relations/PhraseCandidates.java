package io.deixis.grounding.relations;

import io.deixis.geometry.Box;
import java.util.List;

/**
 * What the matcher makes of one phrase in one image.
 *
 * @param boxes every candidate, refined for the phrase, in pixels
 * @param logits the matcher's logit of each, not calibrated
 */
public record PhraseCandidates(List<Box> boxes, float[] logits) {

  /** Copies the list. */
  public PhraseCandidates {
    boxes = List.copyOf(boxes);
  }
}
