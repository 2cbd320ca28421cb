package io.deixis.grounding;

import io.deixis.grounding.Refusal.Reason;
import io.deixis.language.AnnotatedCaption;
import io.deixis.language.CaptionChunker;
import io.deixis.language.Phrase;
import java.util.List;
import java.util.Optional;

/**
 * A query taken apart into the phrases to ground.
 *
 * @param caption the plain caption, if the query was a caption of either kind
 * @param phrases at least one
 */
public record ResolvedQuery(Optional<String> caption, List<Phrase> phrases) {

  /** Copies the phrases. */
  public ResolvedQuery {
    phrases = List.copyOf(phrases);
  }

  /**
   * Takes a query apart.
   *
   * @param query what was asked
   * @param chunker finds the phrases of plain captions
   * @param limits bounds on number and length
   * @throws GroundingException if there is no phrase, an empty one, too many or too long ones, or
   *     the entity markup is broken
   */
  public static ResolvedQuery of(Query query, CaptionChunker chunker, GroundingLimits limits) {
    ResolvedQuery resolved;
    if (query instanceof Query.Phrases phrases) {
      resolved =
          new ResolvedQuery(
              Optional.empty(), phrases.texts().stream().map(t -> Phrase.of(t.strip())).toList());
    } else if (query instanceof Query.AnnotatedCaption annotated) {
      checkCaption(annotated.markup(), limits);
      resolved = annotated(annotated.markup());
    } else {
      String caption = ((Query.Caption) query).text();
      checkCaption(caption, limits);
      resolved = new ResolvedQuery(Optional.of(caption), chunker.chunk(caption));
    }
    return resolved.checked(limits);
  }

  private static ResolvedQuery annotated(String markup) {
    try {
      AnnotatedCaption caption = AnnotatedCaption.parse(markup);
      return new ResolvedQuery(Optional.of(caption.text()), caption.phrases());
    } catch (IllegalArgumentException e) {
      throw new GroundingException(Reason.MARKUP_BROKEN, "caption", e.getMessage(), null, e);
    }
  }

  private static void checkCaption(String caption, GroundingLimits limits) {
    if (caption.length() > limits.captionCharacters()) {
      throw new GroundingException(
          Reason.PHRASE_TOO_LONG,
          "caption",
          "The caption has %,d characters where at most %,d are allowed"
              .formatted(caption.length(), limits.captionCharacters()),
          "shorten it");
    }
  }

  private ResolvedQuery checked(GroundingLimits limits) {
    if (phrases.isEmpty()) {
      throw caption.isPresent()
          ? new GroundingException(
              Reason.PHRASE_MISSING,
              "caption",
              "The caption names nothing that could be looked for",
              "name a thing, such as \"a red ball\"")
          : new GroundingException(
              Reason.PHRASE_MISSING,
              "phrase",
              "The request has no phrase",
              "send \"phrase\" (once or more) or \"caption\"");
    }
    if (phrases.size() > limits.phrases()) {
      throw new GroundingException(
          Reason.TOO_MANY_PHRASES,
          caption.isPresent() ? "caption" : "phrase",
          "The request has %d phrases where at most %d are allowed"
              .formatted(phrases.size(), limits.phrases()),
          "send them in several requests");
    }
    for (Phrase phrase : phrases) {
      if (phrase.text().isBlank()) {
        throw new GroundingException(
            Reason.PHRASE_EMPTY, "phrase", "A phrase is empty", "fill it in or leave it out");
      }
      if (phrase.text().length() > limits.phraseCharacters()) {
        throw new GroundingException(
            Reason.PHRASE_TOO_LONG,
            "phrase",
            "A phrase has %d characters where at most %d are allowed"
                .formatted(phrase.text().length(), limits.phraseCharacters()),
            "shorten it");
      }
    }
    return this;
  }
}
