package io.deixis.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A caption whose phrases are tied to coreference chains, as one line of a {@code Sentences} file
 * of Flickr30k Entities holds it.
 *
 * @param text the plain caption, without the markup
 * @param phrases its annotated phrases in reading order
 */
public record EntitySentence(String text, List<EntityPhrase> phrases) {

  /**
   * Id, types (each with its slash) and words of {@code [/EN#id/type1/type2 words]}, between spaces
   * of any kind that Unicode has.
   */
  private static final Pattern PHRASE =
      Pattern.compile(
          "\\[/EN#([^/\\s\\[\\]]+)((?:/[^/\\s\\[\\]]+)++)\\s+([^\\s\\[\\]](?:[^\\[\\]]*[^\\s\\[\\]])?)\\s*]",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern BRACKET = Pattern.compile("[\\[\\]]");

  /** Copies the phrases. */
  public EntitySentence {
    phrases = List.copyOf(phrases);
  }

  /**
   * Reads a caption with markup such as {@code [/EN#12/people A man] in [/EN#13/clothing a hat] .}
   * Words, spaces and punctuation stay as they are; a line end behind the caption is dropped.
   *
   * @param markup one caption; without any markup it has no phrases
   * @throws IllegalArgumentException if a square bracket is not part of complete markup; the
   *     message is one sentence that says where
   */
  public static EntitySentence parse(String markup) {
    String line = withoutLineEnd(markup);
    StringBuilder plain = new StringBuilder(line.length());
    List<EntityPhrase> phrases = new ArrayList<>();
    Matcher phrase = PHRASE.matcher(line);
    int end = 0;
    while (phrase.find()) {
      appendPlain(plain, line, end, phrase.start());
      String words = phrase.group(3);
      List<String> types = List.of(phrase.group(2).substring(1).split("/"));
      phrases.add(new EntityPhrase(phrase.group(1), types, words, plain.length()));
      plain.append(words);
      end = phrase.end();
    }
    appendPlain(plain, line, end, line.length());
    return new EntitySentence(plain.toString(), phrases);
  }

  /** Returns the caption with its markup, such that {@link #parse} gives this sentence again. */
  public String markup() {
    StringBuilder markup = new StringBuilder();
    int end = 0;
    for (EntityPhrase phrase : phrases) {
      markup.append(text, end, phrase.firstChar());
      markup.append("[/EN#").append(phrase.chain());
      phrase.types().forEach(type -> markup.append('/').append(type));
      markup.append(' ').append(phrase.text()).append(']');
      end = phrase.firstChar() + phrase.text().length();
    }
    return markup.append(text, end, text.length()).toString();
  }

  private static void appendPlain(StringBuilder plain, String line, int start, int end) {
    Matcher bracket = BRACKET.matcher(line).region(start, end);
    if (bracket.find()) {
      throw new IllegalArgumentException(
          ("The entity markup is broken at character %d: write every phrase like"
                  + " [/EN#12/people A man] and use no other square brackets.")
              .formatted(bracket.start() + 1));
    }
    plain.append(line, start, end);
  }

  private static String withoutLineEnd(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\r' || line.charAt(end - 1) == '\n')) {
      end--;
    }
    return line.substring(0, end);
  }
}
