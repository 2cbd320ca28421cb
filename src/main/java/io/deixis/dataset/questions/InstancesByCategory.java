package io.deixis.dataset.questions;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
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
 * <p>Training learns from these instances and tolerates a missing box here and there; {@link
 * Instances}, by which models are judged, leaves out whatever is in doubt.
 *
 * @param boxes of each category, such as {@code dog}, in normalised coordinates; no two of a
 *     category are of the same thing
 */
public record InstancesByCategory(Map<String, List<Box>> boxes) {

  private static final Set<String> GROUPS =
      Set.of("group", "crowd", "team", "couple", "family", "band", "audience", "pair", "bunch");

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
        if (Instances.isCountable(phrase)) {
          categoriesOfChain
              .computeIfAbsent(phrase.chain(), chain -> new TreeSet<>())
              .addAll(Instances.nouns(phrase));
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
                .forEach(
                    box -> categories.forEach(category -> Instances.add(things, category, box)));
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

  /** Several things that do not have a box each. */
  private static boolean isGroup(EntityPhrase phrase, int boxes) {
    String[] words = phrase.text().toLowerCase(Locale.ROOT).split("\\s+");
    return Nouns.isPlural(words[words.length - 1]) && boxes <= 1
        || Arrays.stream(words).anyMatch(GROUPS::contains);
  }

  /** Whether a group is no more than the things that have a box each. */
  private static boolean isCounted(List<Box> group, List<Box> things) {
    Optional<Box> all = things.stream().reduce(Box::enclosing);
    return all.isPresent()
        && !group.isEmpty()
        && group.stream().allMatch(box -> box.iou(all.get()) > Instances.SAME_THING);
  }

  private static List<Box> boxes(AnnotatedImage image, String chain) {
    return image.boxes().getOrDefault(chain, List.of()).stream()
        .map(box -> box.scaled(1.0 / image.width(), 1.0 / image.height()))
        .toList();
  }
}
