package io.deixis.training.matching;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Phrases that tell things of one kind apart by side, made from the annotations: "the man on the
 * left" where an image has several men and one of them is clearly the leftmost. The data set itself
 * hardly has such phrases, and people use them all the time.
 */
final class RelationPhrases {

  private static final double MARGIN = 0.12;
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

  private static final List<String> WORDINGS =
      List.of(
          "the %s on the %s",
          "%s on the %s",
          "the %s on the %s side",
          "the %2$s %1$s",
          "%2$s %1$s",
          "the %s to the %s",
          "the %2$smost %1$s",
          "%s on far %s",
          "the %s at the %s of the picture",
          "the %s standing on the %s");

  private static final List<String> MIDDLE_WORDINGS =
      List.of("the %s in the middle", "the middle %s", "%s in the center", "the central %s");

  /** Of these kinds an image seldom has more than are annotated. */
  private static final Set<String> COUNTABLE =
      Set.of("people", "animals", "vehicles", "instruments", "other");

  private RelationPhrases() {}

  /** Returns every such phrase that is true of an image; the same image gives the same list. */
  static List<TrainingPhrase> of(AnnotatedImage image) {
    List<TrainingPhrase> phrases = new ArrayList<>();
    instances(image)
        .forEach(
            (kind, boxes) -> {
              if (boxes.size() > 1) {
                List<Box> sorted = new ArrayList<>(boxes);
                sorted.sort(Comparator.comparingDouble(RelationPhrases::centre));
                addIfClear(phrases, kind, "left", sorted.get(0), sorted.get(1));
                addIfClear(
                    phrases,
                    kind,
                    "right",
                    sorted.get(sorted.size() - 1),
                    sorted.get(sorted.size() - 2));
                if (sorted.size() == 3) {
                  addIfBetween(phrases, kind, sorted);
                }
              }
            });
    return phrases;
  }

  private static void addIfClear(
      List<TrainingPhrase> phrases, String kind, String side, Box outermost, Box next) {
    if (Math.abs(centre(outermost) - centre(next)) >= MARGIN) {
      for (String wording : WORDINGS) {
        phrases.add(TrainingPhrase.unsaid(wording.formatted(kind, side), List.of(outermost), 1));
      }
    }
  }

  private static void addIfBetween(List<TrainingPhrase> phrases, String kind, List<Box> three) {
    Box middle = three.get(1);
    if (centre(middle) - centre(three.get(0)) >= MARGIN
        && centre(three.get(2)) - centre(middle) >= MARGIN) {
      for (String wording : MIDDLE_WORDINGS) {
        phrases.add(TrainingPhrase.unsaid(wording.formatted(kind), List.of(middle), 1));
      }
    }
  }

  /** Returns the boxes of single things by what they are called. */
  private static Map<String, List<Box>> instances(AnnotatedImage image) {
    Map<String, Set<String>> kindsOfChain = new TreeMap<>();
    Set<String> groups = new HashSet<>();
    for (EntitySentence sentence : image.sentences()) {
      for (EntityPhrase phrase : sentence.phrases()) {
        if (phrase.types().stream().noneMatch(COUNTABLE::contains)) {
          continue;
        }
        String[] words = phrase.text().toLowerCase(Locale.ROOT).split("\\s+");
        String last = words[words.length - 1];
        String singular = singular(last);
        Set<String> kinds = kindsOfChain.computeIfAbsent(phrase.chain(), chain -> new TreeSet<>());
        kinds.add(singular);
        kinds.addAll(ALSO_CALLED.getOrDefault(singular, List.of()));
        if (phrase.types().contains("people")) {
          kinds.add("person");
        }
        boolean plural = !singular.equals(last);
        boolean oneBox = image.boxes().getOrDefault(phrase.chain(), List.of()).size() == 1;
        if (oneBox && plural || Arrays.stream(words).anyMatch(GROUPS::contains)) {
          groups.add(phrase.chain());
        }
      }
    }
    Map<String, List<Box>> instances = new TreeMap<>();
    kindsOfChain.forEach(
        (chain, kinds) -> {
          if (groups.contains(chain)) {
            return;
          }
          for (Box box : image.boxes().getOrDefault(chain, List.of())) {
            Box relative = box.scaled(1.0 / image.width(), 1.0 / image.height());
            for (String kind : kinds) {
              List<Box> known = instances.computeIfAbsent(kind, k -> new ArrayList<>());
              if (known.stream().noneMatch(other -> other.iou(relative) > SAME_THING)) {
                known.add(relative);
              }
            }
          }
        });
    return instances;
  }

  private static String singular(String noun) {
    if (SINGULAR.containsKey(noun)) {
      return SINGULAR.get(noun);
    }
    boolean plural = noun.length() > 3 && noun.endsWith("s") && !noun.endsWith("ss");
    return plural ? noun.substring(0, noun.length() - 1) : noun;
  }

  private static double centre(Box box) {
    return (box.x1() + box.x2()) / 2;
  }
}
