package io.deixis.dataset.questions;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Singular, plural and wider names of nouns, as far as captions need them. */
final class Nouns {

  private static final Map<String, String> PLURALS =
      Stream.of(
              ("man men, woman women, person people, child children, lady ladies, baby babies,"
                      + " puppy puppies, bus buses, glass glasses, dress dresses, couch couches,"
                      + " bench benches, box boxes, knife knives, sheep sheep, fish fish")
                  .split(", "))
          .map(pair -> pair.split(" "))
          .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

  private static final Map<String, String> SINGULARS =
      PLURALS.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private static final Map<String, Set<String>> WIDER =
      Map.of(
          "guy", Set.of("man"),
          "gentleman", Set.of("man"),
          "lady", Set.of("woman"),
          "boy", Set.of("child", "kid"),
          "girl", Set.of("child", "kid"),
          "kid", Set.of("child"),
          "toddler", Set.of("child"),
          "puppy", Set.of("dog"));

  private Nouns() {}

  static String singular(String noun) {
    String lower = noun.toLowerCase(Locale.ROOT);
    if (SINGULARS.containsKey(lower)) {
      return SINGULARS.get(lower);
    }
    boolean plural = lower.length() > 3 && lower.endsWith("s") && !lower.matches(".*(ss|us|is)");
    return plural ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Returns whether a noun, in lower case, is of several things. */
  static boolean isPlural(String noun) {
    return !singular(noun).equals(noun);
  }

  static String plural(String noun) {
    return PLURALS.getOrDefault(noun, noun + "s");
  }

  /** Returns what else a thing of this name is called: a boy is a child and a kid. */
  static Set<String> wider(String noun) {
    return WIDER.getOrDefault(noun, Set.of());
  }

  static boolean isWider(String noun) {
    return noun.equals(Instances.PERSON) || WIDER.values().stream().anyMatch(w -> w.contains(noun));
  }

  static String last(String phrase) {
    return phrase.substring(phrase.lastIndexOf(' ') + 1);
  }
}
