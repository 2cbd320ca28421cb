package io.deixis.grounding;

import io.deixis.grounding.Refusal.Reason;
import io.deixis.language.AnnotatedCaption;
import io.deixis.language.CaptionChunker;
import io.deixis.language.Phrase;
import io.deixis.language.QueryReader;
import io.deixis.language.Reading;
import java.util.List;
import java.util.Optional;

/**
 * A query taken apart into the phrases to ground.
 *
 * @param caption the plain caption, if the query was a caption of either kind
 * @param phrases at least one
 * @param reading how free text is understood that is one expression, or a list of them; then the
 *     phrases are these
 */
public record ResolvedQuery(
    Optional<String> caption, List<Phrase> phrases, Optional<Reading> reading) {

  /** Copies the phrases. */
  public ResolvedQuery {
    phrases = List.copyOf(phrases);
  }

  /** Creates a query that is not read. */
  public ResolvedQuery(Optional<String> caption, List<Phrase> phrases) {
    this(caption, phrases, Optional.empty());
  }

  /**
   * Takes a query apart.
   *
   * @param query what was asked
   * @param chunker finds the phrases of plain captions
   * @param reader reads free text
   * @param limits bounds on number and length
   * @throws GroundingException if there is no phrase, an empty one, too many or too long ones, or
   *     the entity markup is broken
   */
  public static ResolvedQuery of(
      Query query, CaptionChunker chunker, QueryReader reader, GroundingLimits limits) {
    RequestChecks checks = new RequestChecks(limits);
    if (query instanceof Query.Phrases given) {
      checks.phrases("phrase", given.texts());
      return new ResolvedQuery(
          Optional.empty(), given.texts().stream().map(t -> Phrase.of(t.strip())).toList());
    }
    if (query instanceof Query.FreeText given) {
      checks.text("query", given.text());
      return typed(given.text(), chunker, reader).checked("query", checks);
    }
    if (query instanceof Query.AnnotatedCaption given) {
      checks.text("caption", given.markup());
      return annotated(given.markup()).checked("caption", checks);
    }
    String caption = ((Query.Caption) query).text();
    checks.text("caption", caption);
    return new ResolvedQuery(Optional.of(caption), chunker.chunk(caption))
        .checked("caption", checks);
  }

  /** Takes what a person typed for a caption if it is a sentence, for an expression if not. */
  private static ResolvedQuery typed(String text, CaptionChunker chunker, QueryReader reader) {
    Reading reading = reader.read(text);
    boolean sentence = reading.form() == Reading.Form.SENTENCE && reading.parts().isEmpty();
    List<Phrase> named = sentence ? chunker.chunk(text) : List.of();
    if (!named.isEmpty()) {
      return new ResolvedQuery(Optional.of(text), named);
    }
    if (sentence) {
      reading = reading.of(Reading.Form.PHRASE, reading.corrections(), reading.unknownWords());
    }
    boolean asTyped = reading.parts().isEmpty() && reading.number() != Reading.NONE;
    List<Phrase> phrases =
        asTyped
            ? List.of(Phrase.of(text))
            : reading.each().stream().map(part -> Phrase.of(part.text())).toList();
    return new ResolvedQuery(Optional.empty(), phrases, Optional.of(reading));
  }

  private static ResolvedQuery annotated(String markup) {
    try {
      AnnotatedCaption caption = AnnotatedCaption.parse(markup);
      return new ResolvedQuery(Optional.of(caption.text()), caption.phrases());
    } catch (IllegalArgumentException e) {
      throw new GroundingException(Reason.MARKUP_BROKEN, "caption", e.getMessage(), null, e);
    }
  }

  private ResolvedQuery checked(String field, RequestChecks checks) {
    if (phrases.isEmpty()) {
      throw new GroundingException(
          Reason.PHRASE_MISSING,
          field,
          "The %s names nothing that could be looked for".formatted(field),
          "name a thing, such as \"a red ball\"");
    }
    checks.phrases(field, phrases.stream().map(Phrase::text).toList());
    return this;
  }
}
