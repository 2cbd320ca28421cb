package io.deixis.dataset;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The single things of an image by the category that its captions put them into: a boy is among the
 * boys, the children and the persons; a crowd is no single thing. Where a crowd has members without
 * a box of their own, its categories are left out, since nobody knows all their instances.
 *
 * @param boxes of each category, such as {@code dog}, in normalised coordinates; no two of a
 *     category are of the same thing
 */
public record InstancesByCategory(Map<String, List<Box>> boxes) {

  /** What every thing of the entity type {@code people} is called besides. */
  public static final String PERSON = "person";

  /** From this IoU on, two boxes are of the same thing. */
  private static final double SAME_THING = 0.6;

  private static final Map<String, String> SINGULAR =
      Map.of(
          "men", "man",
          "women", "woman",
          "people", "person",
          "children", "child",
          "guys", "guy",
          "ladies", "lady",
          "puppies", "puppy",
          "persons", "person");

  private static final Map<String, List<String>> ALSO_CALLED =
      Map.of(
          "guy", List.of("man"),
          "gentleman", List.of("man"),
          "lady", List.of("woman"),
          "boy", List.of("child", "kid"),
          "girl", List.of("child", "kid"),
          "kid", List.of("child"),
          "toddler", List.of("child"),
          "puppy", List.of("dog"));

  private static final Set<String> GROUPS =
      Set.of("group", "crowd", "team", "couple", "family", "band", "audience", "pair", "bunch");

  /** Of these types an image seldom has more than are annotated. */
  private static final Set<String> COUNTABLE =
      Set.of("people", "animals", "vehicles", "instruments", "other");

  /** Copies the map, keeping its order. */
  public InstancesByCategory {
    boxes = Collections.unmodifiableMap(new TreeMap<>(boxes));
  }

  /** Reads an image's phrases; the same image gives the same categories in the same order. */
  public static InstancesByCategory of(AnnotatedImage image) {
    Map<String, Set<String>> categoriesOfChain = new TreeMap<>();
    Set<String> groups = new TreeSet<>();
    for (EntitySentence sentence : image.sentences()) {
      for (EntityPhrase phrase : sentence.phrases()) {
        if (phrase.types().stream().anyMatch(COUNTABLE::contains)) {
          categoriesOfChain
              .computeIfAbsent(phrase.chain(), chain -> new TreeSet<>())
              .addAll(categories(phrase));
          if (isGroup(phrase, image.boxesOf(phrase).size())) {
            groups.add(phrase.chain());
          }
        }
      }
    }
    Map<String, List<Box>> things = new TreeMap<>();
    categoriesOfChain.forEach(
        (chain, categories) -> {
          if (!groups.contains(chain)) {
            boxes(image, chain)
                .forEach(box -> categories.forEach(category -> add(things, category, box)));
          }
        });
    for (String group : groups) {
      for (String category : categoriesOfChain.get(group)) {
        if (!isCounted(boxes(image, group), things.getOrDefault(category, List.of()))) {
          things.remove(category);
        }
      }
    }
    return new InstancesByCategory(things);
  }

  private static Set<String> categories(EntityPhrase phrase) {
    Set<String> categories = new TreeSet<>();
    String noun = singular(lastWord(phrase));
    categories.add(noun);
    categories.addAll(ALSO_CALLED.getOrDefault(noun, List.of()));
    if (phrase.types().contains("people")) {
      categories.add(PERSON);
    }
    return categories;
  }

  /** Several things that do not have a box each. */
  private static boolean isGroup(EntityPhrase phrase, int boxes) {
    String last = lastWord(phrase);
    boolean plural = !singular(last).equals(last);
    return plural && boxes <= 1 || Arrays.stream(words(phrase)).anyMatch(GROUPS::contains);
  }

  /** Whether a group is no more than the things that have a box each. */
  private static boolean isCounted(List<Box> group, List<Box> things) {
    Optional<Box> all = things.stream().reduce(Box::enclosing);
    return all.isPresent()
        && !group.isEmpty()
        && group.stream().allMatch(box -> box.iou(all.get()) > SAME_THING);
  }

  private static void add(Map<String, List<Box>> things, String category, Box box) {
    List<Box> known = things.computeIfAbsent(category, c -> new ArrayList<>());
    if (known.stream().noneMatch(other -> other.iou(box) > SAME_THING)) {
      known.add(box);
    }
  }

  private static List<Box> boxes(AnnotatedImage image, String chain) {
    return image.boxes().getOrDefault(chain, List.of()).stream()
        .map(box -> box.scaled(1.0 / image.width(), 1.0 / image.height()))
        .toList();
  }

  private static String lastWord(EntityPhrase phrase) {
    String[] words = words(phrase);
    return words[words.length - 1];
  }

  private static String[] words(EntityPhrase phrase) {
    return phrase.text().toLowerCase(Locale.ROOT).split("\\s+");
  }

  private static String singular(String noun) {
    if (SINGULAR.containsKey(noun)) {
      return SINGULAR.get(noun);
    }
    boolean plural = noun.length() > 3 && noun.endsWith("s") && !noun.endsWith("ss");
    return plural ? noun.substring(0, noun.length() - 1) : noun;
  }
}
