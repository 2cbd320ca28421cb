package io.deixis.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.deixis.dataset.EntityPhrase;
import io.deixis.geometry.Box;
import java.util.List;

/**
 * What a system answers for one phrase occurrence of a dataset.
 *
 * @param image the image's id
 * @param sentence the caption's line, from 0
 * @param chain the phrase's coreference chain
 * @param types the phrase's entity types
 * @param phrase the phrase's words
 * @param firstChar where the phrase begins in the plain caption
 * @param boxes the boxes, best first, in 0-based pixels of the image as annotated; may be empty
 * @param scores the boxes' scores, as many as boxes
 */
public record PhrasePrediction(
    String image,
    int sentence,
    String chain,
    List<String> types,
    String phrase,
    @JsonProperty("first_char") int firstChar,
    List<Box> boxes,
    List<Double> scores) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there are not as many scores as boxes
   */
  public PhrasePrediction {
    types = List.copyOf(types);
    boxes = List.copyOf(boxes);
    scores = List.copyOf(scores);
    if (boxes.size() != scores.size()) {
      throw new IllegalArgumentException(
          "A prediction needs one score for every box, not %d for %d."
              .formatted(scores.size(), boxes.size()));
    }
  }

  /** Returns the answer to a dataset's phrase. */
  public static PhrasePrediction of(
      String image, int sentence, EntityPhrase phrase, List<Box> boxes, List<Double> scores) {
    return new PhrasePrediction(
        image,
        sentence,
        phrase.chain(),
        phrase.types(),
        phrase.text(),
        phrase.firstChar(),
        boxes,
        scores);
  }
}
