package io.deixis.dataset.siblings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The words of {@code dataset/siblings.txt}: things by kind, each with its names in singular and
 * plural. The file's head describes its format.
 */
final class WordKinds {

  private static final Pattern HEADING = Pattern.compile("\\[(\\w+)](\\s+modifiers)?");
  private static final Pattern SIBILANT = Pattern.compile(".*(?:s|x|z|ch|sh)");
  private static final String FIXED = "fixed";
  private static final String SELDOM_MENTIONED = "? ";

  static final WordKinds ENGLISH = read("/dataset/siblings.txt");

  /** A kind, and its things that can stand in the place of another. */
  record Kind(String name, boolean modifiers, List<Thing> things) {}

  /**
   * A thing.
   *
   * @param singular the name that replaces others; null where it has none
   * @param plural the same for several
   * @param evidence words of captions that name it or may mean it
   */
  record Thing(String singular, String plural, Set<String> evidence) {

    boolean mayBeIn(Set<String> words) {
      return evidence.stream().anyMatch(words::contains);
    }

    String named(boolean inPlural) {
      return inPlural ? plural : singular;
    }
  }

  /** A word of the lists. */
  record Word(Kind kind, Thing thing, boolean plural) {}

  private final Map<String, Word> words = new HashMap<>();
  private final Set<String> kinds = new LinkedHashSet<>();
  private final Set<String> fixed = new HashSet<>();

  private WordKinds() {}

  /** Returns what the lists know of a word in lower case, or null. */
  Word word(String text) {
    return words.get(text);
  }

  /** Returns the kinds by name, in the order of the file. */
  Set<String> kinds() {
    return kinds;
  }

  /** Whether the two words are an expression of which no word is replaced. */
  boolean isFixed(String first, String second) {
    return fixed.contains(first + " " + second);
  }

  private static WordKinds read(String resource) {
    WordKinds result = new WordKinds();
    try (InputStream in = WordKinds.class.getResourceAsStream(resource);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Kind kind = null;
      Set<String> evidenceOfAll = Set.of();
      for (String line :
          lines.lines().map(String::strip).filter(Predicate.not(WordKinds::blank)).toList()) {
        var heading = HEADING.matcher(line);
        if (heading.matches()) {
          kind = new Kind(heading.group(1), heading.group(2) != null, new ArrayList<>());
          evidenceOfAll = new HashSet<>();
          if (!kind.name().equals(FIXED)) {
            result.kinds.add(kind.name());
          }
        } else if (kind.name().equals(FIXED)) {
          result.fixed.add(line);
        } else if (line.startsWith(":")) {
          evidenceOfAll.addAll(List.of(line.substring(1).strip().split("\\s+")));
        } else {
          result.add(kind, line, evidenceOfAll);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  private static boolean blank(String line) {
    return line.isEmpty() || line.startsWith("#");
  }

  private void add(Kind kind, String line, Set<String> evidenceOfAll) {
    boolean replacedOnly = line.startsWith(SELDOM_MENTIONED);
    String[] sides =
        line.substring(replacedOnly ? SELDOM_MENTIONED.length() : 0).split("\\s+:\\s+", 2);
    Set<String> evidence = new HashSet<>(evidenceOfAll);
    if (sides.length == 2) {
      evidence.addAll(List.of(sides[1].split("\\s+")));
    }
    List<String[]> names = new ArrayList<>();
    for (String name : sides[0].split(",\\s*")) {
      String[] forms = name.contains("/") ? name.split("/", -1) : new String[] {name, plural(name)};
      names.add(forms);
      evidence.addAll(List.of(forms));
    }
    evidence.remove("");
    Thing thing = new Thing(firstForm(names, 0), firstForm(names, 1), Set.copyOf(evidence));
    if (!replacedOnly) {
      kind.things().add(thing);
    }
    for (String[] forms : names) {
      put(forms[1], new Word(kind, thing, true));
      put(forms[0], new Word(kind, thing, false));
    }
  }

  private static String firstForm(List<String[]> names, int form) {
    return names.stream()
        .map(forms -> forms[form])
        .filter(Predicate.not(String::isEmpty))
        .findFirst()
        .orElse(null);
  }

  private void put(String form, Word word) {
    if (!form.isEmpty()) {
      Word before = words.put(form, word);
      if (before != null && before.thing() != word.thing()) {
        throw new IllegalStateException("\"" + form + "\" stands twice in the lists of siblings");
      }
    }
  }

  private static String plural(String singular) {
    if (SIBILANT.matcher(singular).matches()) {
      return singular + "es";
    }
    boolean consonantY = singular.matches(".*[^aeiou]y");
    return consonantY ? singular.substring(0, singular.length() - 1) + "ies" : singular + "s";
  }
}
