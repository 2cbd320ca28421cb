package io.deixis.evaluation;

import java.util.List;

/**
 * A phrase asked of an image that does not show it: no box is right.
 *
 * @param image the id of the image that was asked
 * @param question the phrase, and where it comes from
 * @param types its entity types, if it is a phrase of another image of the split
 * @param logit of the best box
 */
public record AbsentPhrase(
    String image, AbsentQuestion question, List<String> types, double logit) {

  /** Copies the types. */
  public AbsentPhrase {
    types = List.copyOf(types);
  }

  /** Returns where the phrase comes from. */
  public AbsentQuestion.Origin origin() {
    return question.origin();
  }
}
