package io.deixis.grounding;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/**
 * What an answer says of a phrase. Scores are calibrated: of the boxes with score 0.3, three in ten
 * are right.
 */
@RegisterForReflection
public enum PhraseState {
  /** A box reached the threshold. */
  FOUND,
  /** No box reached the threshold, but the best one is too likely to be ruled out. */
  UNSURE,
  /** The phrase is not in the picture, as far as the model can tell. */
  ABSENT;

  /**
   * Judges a phrase.
   *
   * @param score of its best box, in [0, 1]
   * @param threshold the score from which a box counts as found, in [0, 1]
   * @param unsureFrom the score from which the best box is a guess worth showing, in [0, 1]
   */
  public static PhraseState of(double score, double threshold, double unsureFrom) {
    if (score >= threshold) {
      return FOUND;
    }
    return score >= unsureFrom ? UNSURE : ABSENT;
  }

  /** Returns the name that documents and pages have for it: {@code found}, {@code unsure} ... */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
