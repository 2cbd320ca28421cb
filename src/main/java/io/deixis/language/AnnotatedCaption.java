package io.deixis.language;

import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.EntitySentence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A caption that says itself which of its phrases to ground: {@code [/EN#12/people A man] in
 * [/EN#13/clothing a hat]}.
 *
 * @param text the plain caption, without the markup
 * @param phrases its annotated phrases in reading order, each with span, entity and types
 */
public record AnnotatedCaption(String text, List<Phrase> phrases) {

  /** As markup begins, also where it is mistyped: {@link #parse} tells what is wrong with it. */
  private static final Pattern MARKUP =
      Pattern.compile(
          "\\[\\s*/\\s*en\\s*#", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

  /** Copies the phrases. */
  public AnnotatedCaption {
    phrases = List.copyOf(phrases);
  }

  /** Tells whether {@code caption} has, or is meant to have, entity markup. */
  public static boolean hasMarkup(String caption) {
    return MARKUP.matcher(caption).find();
  }

  /**
   * Reads a caption's markup; see {@link EntitySentence#parse(String)} for its form.
   *
   * @throws IllegalArgumentException if the markup is broken; the message is one sentence that says
   *     where and what to write
   */
  public static AnnotatedCaption parse(String markup) {
    EntitySentence sentence = EntitySentence.parse(markup);
    return new AnnotatedCaption(
        sentence.text(), sentence.phrases().stream().map(AnnotatedCaption::phrase).toList());
  }

  private static Phrase phrase(EntityPhrase phrase) {
    Span span = new Span(phrase.firstChar(), phrase.firstChar() + phrase.text().length());
    return new Phrase(
        phrase.text(), Optional.of(span), Optional.of(phrase.chain()), phrase.types());
  }
}
