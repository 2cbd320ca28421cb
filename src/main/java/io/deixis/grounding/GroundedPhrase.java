package io.deixis.grounding;

import io.deixis.language.Phrase;
import java.util.List;

/**
 * A phrase with the boxes it means.
 *
 * @param phrase the phrase
 * @param score the calibrated score of the best candidate in the image, in [0, 1], whether or not
 *     it reached the threshold
 * @param boxes the boxes that reached the threshold, best first; empty if the phrase was not found
 */
public record GroundedPhrase(Phrase phrase, double score, List<ScoredBox> boxes) {

  /** Copies the boxes. */
  public GroundedPhrase {
    boxes = List.copyOf(boxes);
  }

  /** Returns whether any box reached the threshold. */
  public boolean found() {
    return !boxes.isEmpty();
  }
}
