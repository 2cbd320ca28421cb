package io.deixis.evaluation;

import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.GroundTruth;
import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.List;

/** Made-up answers about an image of 100 x 100 pixels whose one thing is the left half. */
public final class Cases {

  /** Where the thing is. */
  public static final Box TRUTH = new Box(0, 0, 50, 100);

  /** The other half: an IoU of 0 with the truth. */
  public static final Box ELSEWHERE = new Box(50, 0, 100, 100);

  /** The middle: an IoU of 1/3 with the truth. */
  public static final Box LOOSE = new Box(25, 0, 75, 100);

  private Cases() {}

  /** Returns an answer of one box to a phrase that a candidate could meet. */
  public static PhraseCase phrase(String type, String text, Box box, double logit) {
    return phrase(type, text, List.of(box), List.of(logit), true);
  }

  /** Returns an answer to the phrase {@code text}, which the caption ends with. */
  public static PhraseCase phrase(
      String type, String text, List<Box> boxes, List<Double> logits, boolean reachable) {
    String before = "Here is ";
    return new PhraseCase(
        new GroundTruth(
            "7", 0, new EntityPhrase("1", List.of(type), text, before.length()), List.of(TRUTH)),
        before + text + ".",
        100,
        100,
        boxes,
        logits,
        logits.isEmpty() ? 0 : logits.get(0),
        !boxes.isEmpty() && boxes.get(0).iou(TRUTH) >= 0.5,
        reachable);
  }

  /** Returns an answer to a phrase of another image. */
  public static AbsentPhrase absent(String text, String type, double logit) {
    return new AbsentPhrase(
        "7",
        new AbsentQuestion(text, AbsentQuestion.Origin.OTHER_IMAGE, null),
        List.of(type),
        logit);
  }

  /**
   * Returns answers of people and of animals whose scores overlap, with absent phrases that score
   * low; the same ones each time.
   */
  public static EvaluatedSplit many() {
    List<PhraseCase> phrases = new ArrayList<>();
    List<AbsentPhrase> absent = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      double logit = i / 20.0 - 2;
      phrases.add(phrase("people", "a man", i % 4 == 0 ? LOOSE : TRUTH, logit + 1));
      phrases.add(phrase("animals", "a cat", i % 3 == 0 ? ELSEWHERE : TRUTH, logit - 1));
      absent.add(absent("a tree", "other", logit - 2));
    }
    return new EvaluatedSplit(phrases, absent);
  }
}
