package io.deixis.evaluation;

import io.deixis.metrics.RecallAtK;
import java.util.Locale;

/** The outcome of a phrase, by its best box. */
public enum Outcome {
  /** The best box meets a truth box. */
  HIT("hit", "the best box has an IoU of at least 0.5 with a truth box"),

  /** The model looked at the right place, but the box is too loose or too tight. */
  LOOSE_BOX("loose box", "the best box has an IoU of at least 0.25 with a truth box, but not 0.5"),

  /** A candidate region meets a truth box, yet another one was preferred. */
  WRONG_OBJECT(
      "wrong object", "the best box has a lower IoU, though a candidate region meets a truth box"),

  /** No candidate region meets a truth box: matching could not have found it. */
  NO_CANDIDATE(
      "no candidate", "the best box has a lower IoU, and no candidate region meets a truth box");

  /** The IoU from which on a box that is no hit counts as a loose one. */
  public static final double LOOSE_IOU = 0.25;

  private final String title;
  private final String meaning;

  Outcome(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  /** Returns the name in queries and style sheets, such as {@code loose-box}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the name that people read. */
  public String title() {
    return title;
  }

  /** Returns what has to be so, in a few words. */
  public String meaning() {
    return meaning;
  }

  static Outcome of(PhraseCase phrase) {
    double iou = phrase.bestIou();
    if (iou >= RecallAtK.STANDARD_IOU) {
      return HIT;
    }
    if (iou >= LOOSE_IOU) {
      return LOOSE_BOX;
    }
    return phrase.reachable() ? WRONG_OBJECT : NO_CANDIDATE;
  }
}
