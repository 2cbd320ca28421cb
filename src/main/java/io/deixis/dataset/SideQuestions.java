package io.deixis.dataset;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks images with several people for "the person on the left" and "the person on the right", which
 * captions hardly say and people who look for somebody do.
 */
public final class SideQuestions {

  /** How far the outermost person's middle has to be from the next one's, in image widths. */
  public static final double MARGIN = 0.12;

  /**
   * From this part of a box inside another one on, its two are not two people side by side: mostly
   * an arm or a face that has a box of its own, or a box of both.
   */
  private static final double NESTED = 0.8;

  private SideQuestions() {}

  /**
   * An image with its questions.
   *
   * @param image has a sentence for each question that it answers clearly, and the boxes of those
   * @param people how many people are annotated one by one, at least two
   */
  public record Asked(AnnotatedImage image, int people) {}

  /**
   * Returns an image's questions; nothing if it has no two people, if somebody's box lies mostly
   * inside another's, or if neither side is clear.
   */
  public static Optional<Asked> of(AnnotatedImage image) {
    List<Box> people =
        new ArrayList<>(
            ThingsByKind.of(image).boxes().getOrDefault(ThingsByKind.PERSON, List.of()));
    if (people.size() < 2 || anyNested(people)) {
      return Optional.empty();
    }
    people.sort(Comparator.comparingDouble(SideQuestions::middle));
    int last = people.size() - 1;
    Map<String, Box> answers = new LinkedHashMap<>();
    if (middle(people.get(1)) - middle(people.get(0)) >= MARGIN) {
      answers.put("left", people.get(0));
    }
    if (middle(people.get(last)) - middle(people.get(last - 1)) >= MARGIN) {
      answers.put("right", people.get(last));
    }
    return answers.isEmpty()
        ? Optional.empty()
        : Optional.of(new Asked(asked(image, answers), people.size()));
  }

  private static AnnotatedImage asked(AnnotatedImage image, Map<String, Box> answers) {
    Map<String, List<Box>> boxes = new LinkedHashMap<>();
    List<EntitySentence> sentences = new ArrayList<>();
    answers.forEach(
        (side, box) -> {
          String chain = String.valueOf(boxes.size() + 1);
          boxes.put(chain, List.of(box.scaled(image.width(), image.height())));
          sentences.add(
              EntitySentence.parse("[/EN#%s/people the person on the %s]".formatted(chain, side)));
        });
    return new AnnotatedImage(
        image.id(), image.width(), image.height(), boxes, Set.of(), Set.of(), sentences);
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

  private static double middle(Box box) {
    return (box.x1() + box.x2()) / 2;
  }
}
