package io.deixis.language;

import java.util.List;
import java.util.Optional;

/**
 * A phrase to ground.
 *
 * @param text its words, not blank
 * @param span where it stands in the plain caption, if it came from one
 * @param entity the coreference chain's id ({@code 12} of {@code [/EN#12/people A man]}), if it
 *     came annotated
 * @param types its entity types as annotated ({@code people}, {@code clothing} …); empty if unknown
 */
public record Phrase(
    String text, Optional<Span> span, Optional<String> entity, List<String> types) {

  /** Copies the types. */
  public Phrase {
    types = List.copyOf(types);
  }

  /** Returns a phrase that stands by itself. */
  public static Phrase of(String text) {
    return new Phrase(text, Optional.empty(), Optional.empty(), List.of());
  }
}
