package io.deixis.training.matching;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.questions.InstancesByCategory;
import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Phrases that tell things of one kind apart by side, made from the annotations: "the man on the
 * left" where an image has several men and one of them is clearly the leftmost. The data set itself
 * hardly has such phrases, and people use them all the time.
 */
final class RelationPhrases {

  /** How far the outermost one's middle has to be from the next one's, in image widths. */
  private static final double MARGIN = 0.12;

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

  private RelationPhrases() {}

  /** Returns every such phrase that is true of an image; the same image gives the same list. */
  static List<TrainingPhrase> of(AnnotatedImage image) {
    List<TrainingPhrase> phrases = new ArrayList<>();
    InstancesByCategory.of(image)
        .boxes()
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
        phrases.add(
            TrainingPhrase.unmentioned(wording.formatted(kind, side), List.of(outermost), 1));
      }
    }
  }

  private static void addIfBetween(List<TrainingPhrase> phrases, String kind, List<Box> three) {
    Box middle = three.get(1);
    if (centre(middle) - centre(three.get(0)) >= MARGIN
        && centre(three.get(2)) - centre(middle) >= MARGIN) {
      for (String wording : MIDDLE_WORDINGS) {
        phrases.add(TrainingPhrase.unmentioned(wording.formatted(kind), List.of(middle), 1));
      }
    }
  }

  private static double centre(Box box) {
    return (box.x1() + box.x2()) / 2;
  }
}
