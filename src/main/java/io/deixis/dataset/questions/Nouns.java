package io.deixis.dataset.questions;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Singular, plural and wider names of nouns, as far as captions need them. */
final class Nouns {

  private static final Map<String, String> PLURALS =
      Map.ofEntries(
          Map.entry("man", "men"),
          Map.entry("woman", "women"),
          Map.entry("person", "people"),
          Map.entry("child", "children"),
          Map.entry("lady", "ladies"),
          Map.entry("baby", "babies"),
          Map.entry("puppy", "puppies"),
          Map.entry("bus", "buses"),
          Map.entry("glass", "glasses"),
          Map.entry("dress", "dresses"),
          Map.entry("couch", "couches"),
          Map.entry("bench", "benches"),
          Map.entry("box", "boxes"),
          Map.entry("knife", "knives"),
          Map.entry("sheep", "sheep"),
          Map.entry("fish", "fish"));

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
