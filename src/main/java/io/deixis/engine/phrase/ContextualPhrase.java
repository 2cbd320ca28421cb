package io.deixis.engine.phrase;

import io.deixis.grounding.ResolvedQuery;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A phrase with the sentence that it stands in, which may tell which of several like things it
 * means.
 *
 * @param text the phrase's words
 * @param sentence the sentence around them, or the words themselves if there is none
 * @param start the phrase's first character in the sentence, in UTF-16 units
 * @param end one past its last character
 */
public record ContextualPhrase(String text, String sentence, int start, int end) {

  private static final String MARK = "[^\\p{L}\\p{M}\\p{N}]+";

  private static final Pattern MARKS =
      Pattern.compile("^" + MARK + "|" + MARK + "$|[!?\u2026]+(?=\\s)");

  /** Returns a phrase that stands by itself. */
  public static ContextualPhrase alone(String text) {
    return new ContextualPhrase(text, text, 0, text.length());
  }

  /**
   * Returns the phrases of a query. One of a caption is read in it; its own words may be only part
   * of what the span covers.
   */
  public static List<ContextualPhrase> of(ResolvedQuery query) {
    return query.phrases().stream()
        .map(
            phrase ->
                query
                    .caption()
                    .flatMap(
                        caption ->
                            phrase
                                .span()
                                .map(
                                    span ->
                                        new ContextualPhrase(
                                            phrase.text(), caption, span.start(), span.end())))
                    .orElseGet(() -> alone(plain(phrase.text()))))
        .toList();
  }

  /** Returns words without the marks that people put around and between them: "a dog!!". */
  private static String plain(String words) {
    String plain = MARKS.matcher(words).replaceAll("");
    return plain.isEmpty() ? words : plain;
  }

  /** Returns other words in their place in the same sentence. */
  public ContextualPhrase saying(String other) {
    return new ContextualPhrase(
        other,
        sentence.substring(0, start) + other + sentence.substring(end),
        start,
        start + other.length());
  }

  /** Returns whether there is no sentence around the words. */
  public boolean isAlone() {
    return sentence.equals(text);
  }
}
