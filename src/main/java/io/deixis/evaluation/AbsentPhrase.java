package io.deixis.evaluation;

import java.util.List;

/**
 * A phrase of another image, with which it shares no content word, asked of an image: no box is
 * right.
 *
 * @param image the id of the image that was asked
 * @param text the phrase
 * @param types its entity types in the image that it comes from
 * @param logit of the best box
 */
public record AbsentPhrase(String image, String text, List<String> types, double logit) {

  /** Copies the types. */
  public AbsentPhrase {
    types = List.copyOf(types);
  }
}
