package io.deixis.language;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The words of a phrase that say what it means. */
public final class ContentWords {

  private static final Set<String> FUNCTION_WORDS =
      Set.of(
          "a", "an", "the", "of", "in", "on", "at", "to", "with", "and", "or", "his", "her",
          "their", "its", "my", "your", "our", "this", "that", "these", "those", "some", "other",
          "another", "one", "two", "three", "four", "several", "many", "each", "both", "by", "for",
          "from", "very", "'s", ",", ".");

  private ContentWords() {}

  /** Returns them in lower case. */
  public static Set<String> of(String phrase) {
    return Arrays.stream(phrase.toLowerCase(Locale.ROOT).split("\\s+"))
        .filter(word -> !FUNCTION_WORDS.contains(word))
        .collect(Collectors.toUnmodifiableSet());
  }
}
