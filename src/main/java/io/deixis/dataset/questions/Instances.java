package io.deixis.dataset.questions;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The things of an image by noun, of nouns whose every mention in the captions is accounted for by
 * boxes: no phrase of that noun without a box, no group whose members have no box each, no mention
 * outside of the annotated phrases, no number that disagrees. What annotators left out would make a
 * right answer wrong.
 *
 * @param boxes of each noun in the singular, such as {@code dog}, in pixels; no two of a noun are
 *     of the same thing, and none lies mostly inside another
 * @param people the nouns that name people
 */
record Instances(Map<String, List<Box>> boxes, Set<String> people) {

  /** What every person is also called. */
  static final String PERSON = "person";

  /** Above this IoU, two boxes are of the same thing. */
  static final double SAME_THING = 0.6;

  /** From this part of a box inside another one on, it is mostly an arm, a face or a part. */
  private static final double NESTED = 0.8;

  private static final Set<String> GROUPS =
      words(
          "group crowd team couple family band audience pair bunch class others people "
              + "everyone spectators bystanders onlookers row rows several many various crew "
              + "choir army line gathering parade");

  /** Words that end a phrase and name no kind of thing. */
  private static final Set<String> NAMELESS =
      words("other another one two three something thing each which");

  private static final Map<String, Integer> NUMBERS =
      Map.of("two", 2, "three", 3, "four", 4, "five", 5, "six", 6, "seven", 7, "eight", 8);

  /** Of these types an image seldom has more than are annotated. */
  private static final Set<String> COUNTABLE = words("people animals vehicles instruments other");

  /** Words for people that captions use without marking them. */
  private static final Pattern UNMARKED_PEOPLE =
      Pattern.compile(
          "\\b(someone|somebody|everyone|everybody|others|people|crowd|audience|spectators|man|men"
              + "|woman|women|boys?|girls?|child|children|kids?|person|persons|guys?|lady|ladies)\\b");

  Instances {
    boxes = Collections.unmodifiableMap(new TreeMap<>(boxes));
    people = Set.copyOf(people);
  }

  private static Set<String> words(String list) {
    return Set.of(list.split(" "));
  }

  static Instances of(AnnotatedImage image) {
    Map<String, List<Box>> things = new TreeMap<>();
    Set<String> people = new TreeSet<>(Set.of(PERSON));
    Set<String> unaccounted = new HashSet<>();
    for (EntitySentence sentence : image.sentences()) {
      for (EntityPhrase phrase : sentence.phrases()) {
        Set<String> nouns = nouns(phrase);
        if (phrase.types().contains("people")) {
          people.addAll(nouns);
        }
        List<Box> boxes = image.boxesOf(phrase);
        if (!isAccounted(phrase, boxes)) {
          unaccounted.addAll(nouns);
        } else if (isCountable(phrase)) {
          nouns.forEach(noun -> boxes.forEach(box -> add(things, noun, box)));
        }
      }
      String rest = outsidePhrases(sentence);
      things.keySet().stream().filter(noun -> mentions(rest, noun)).forEach(unaccounted::add);
      if (UNMARKED_PEOPLE.matcher(rest).find()) {
        unaccounted.add(PERSON);
      }
    }
    if (unaccounted.contains(PERSON)) {
      unaccounted.addAll(people);
    }
    things.keySet().removeAll(unaccounted);
    things.keySet().removeIf(noun -> NAMELESS.contains(noun) || !noun.matches("[a-z]{3,}"));
    things.values().removeIf(Instances::anyNested);
    return new Instances(eachOnce(things), people);
  }

  /** Of several names for the same things ("boy", "child", "kid") the first narrow one stays. */
  private static Map<String, List<Box>> eachOnce(Map<String, List<Box>> things) {
    Map<Set<Box>, String> named = new LinkedHashMap<>();
    things.keySet().stream()
        .sorted(
            Comparator.comparing((String noun) -> Nouns.isWider(noun)).thenComparing(noun -> noun))
        .forEach(noun -> named.putIfAbsent(Set.copyOf(things.get(noun)), noun));
    return named.values().stream().collect(Collectors.toMap(noun -> noun, things::get));
  }

  /** Whether an image seldom has more of what a phrase names than are annotated. */
  static boolean isCountable(EntityPhrase phrase) {
    return phrase.types().stream().anyMatch(COUNTABLE::contains);
  }

  /**
   * Returns what a phrase's thing is called in the singular: a boy is also a child and a person.
   */
  static Set<String> nouns(EntityPhrase phrase) {
    Set<String> nouns = new TreeSet<>();
    String noun = Nouns.singular(Nouns.last(phrase.text()));
    nouns.add(noun);
    nouns.addAll(Nouns.wider(noun));
    if (phrase.types().contains("people")) {
      nouns.add(PERSON);
    }
    return nouns;
  }

  private static boolean isAccounted(EntityPhrase phrase, List<Box> boxes) {
    List<String> words = List.of(phrase.text().toLowerCase(Locale.ROOT).split("[\\s,]+"));
    if (boxes.isEmpty() || words.isEmpty()) {
      return false;
    }
    if (words.stream().limit(words.size() - 1L).anyMatch(GROUPS::contains)) {
      return false;
    }
    String last = words.get(words.size() - 1);
    boolean plural = Nouns.isPlural(last);
    for (String word : words) {
      if (NUMBERS.containsKey(word)) {
        return boxes.size() == NUMBERS.get(word);
      }
    }
    return plural ? boxes.size() > 1 : boxes.size() == 1 && !GROUPS.contains(last);
  }

  private static String outsidePhrases(EntitySentence sentence) {
    StringBuilder rest = new StringBuilder(sentence.text().toLowerCase(Locale.ROOT));
    for (EntityPhrase phrase : sentence.phrases()) {
      for (int i = 0; i < phrase.text().length(); i++) {
        rest.setCharAt(phrase.firstChar() + i, ' ');
      }
    }
    return rest.toString();
  }

  private static boolean mentions(String text, String noun) {
    return Pattern.compile(
            "\\b(" + Pattern.quote(noun) + "|" + Pattern.quote(Nouns.plural(noun)) + ")\\b")
        .matcher(text)
        .find();
  }

  /** Adds a box unless the noun has one of the same thing. */
  static void add(Map<String, List<Box>> things, String noun, Box box) {
    List<Box> known = things.computeIfAbsent(noun, n -> new ArrayList<>());
    if (known.stream().noneMatch(other -> other.iou(box) > SAME_THING)) {
      known.add(box);
    }
  }

  private static boolean anyNested(List<Box> boxes) {
    return boxes.stream()
        .anyMatch(
            inner ->
                boxes.stream()
                    .anyMatch(
                        outer ->
                            outer != inner
                                && inner.intersectionArea(outer) >= NESTED * inner.area()));
  }
}
