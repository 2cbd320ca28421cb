package io.deixis.service.demo;

import io.deixis.language.AnnotatedCaption;
import io.deixis.language.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person typed, and how it is read.
 *
 * @param text as it was typed, without white space around it
 * @param reading how it is read
 * @param spans the words of a sentence to look for; its noun phrases if there are none
 */
public record Words(String text, Reading reading, List<Span> spans) {

  /** The ways to read what a person types. */
  public enum Reading {
    /** As the model's reader takes it: a thing with its relations, a question, or a sentence. */
    TYPED,
    /** One thing, named by the whole of the words: "the man in the beige coat". */
    WHOLE,
    /** A sentence; each of its noun phrases is looked for. */
    SENTENCE,
    /** Several things, separated by semicolons or line ends. */
    LIST;

    /** Returns the name in forms and addresses. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String SEPARATORS = "[;\\n]";

  /** Copies the spans. */
  public Words {
    spans = List.copyOf(spans);
  }

  /**
   * Reads what was typed: separators make a list, a full stop or entity markup makes a sentence,
   * and everything else is left to the model's reader.
   *
   * @param chosen the id of the reading that the person asked for, if any
   */
  static Words read(String typed, Optional<String> chosen, List<Span> spans) {
    String text = typed.strip();
    return new Words(
        text,
        chosen
            .flatMap(id -> Arrays.stream(Reading.values()).filter(r -> r.id().equals(id)).findAny())
            .orElseGet(() -> spans.isEmpty() ? usual(text) : Reading.SENTENCE),
        spans);
  }

  private static Reading usual(String text) {
    if (items(text).size() > 1) {
      return Reading.LIST;
    }
    return text.endsWith(".") || AnnotatedCaption.hasMarkup(text)
        ? Reading.SENTENCE
        : Reading.TYPED;
  }

  /** Returns whether the page offers to read the words in the other way. */
  public boolean ambiguous() {
    return reading != Reading.LIST && !AnnotatedCaption.hasMarkup(text) && text.contains(" ");
  }

  /**
   * Returns the other way to read the words.
   *
   * @param split whether each thing in them was looked for
   */
  public Reading other(boolean split) {
    return split ? Reading.WHOLE : Reading.SENTENCE;
  }

  /** Returns the words for the model's reader, or null if they are read here. */
  String query() {
    return reading == Reading.TYPED ? text : null;
  }

  /** Returns the sentence to split into its noun phrases, or null if phrases are given. */
  String caption() {
    return reading == Reading.SENTENCE && spans.isEmpty() ? text : null;
  }

  /** Returns the phrases to look for; none if a sentence is to be split. */
  List<String> phrases() {
    return switch (reading) {
      case TYPED -> List.of();
      case WHOLE -> text.isEmpty() ? List.of() : List.of(text);
      case LIST -> items(text);
      case SENTENCE -> spans.stream().map(span -> span.of(text)).toList();
    };
  }

  private static List<String> items(String text) {
    return Arrays.stream(text.split(SEPARATORS))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
