package io.deixis.engine;

import io.deixis.engine.matching.ExpectedHits;
import io.deixis.geometry.Box;
import io.deixis.geometry.NonMaximumSuppression;
import java.util.List;

/**
 * What a phrase means to the model in one image: every candidate, refined for this phrase, best
 * first.
 *
 * @param boxes in pixels of the upright image
 * @param logits uncalibrated, never rising
 */
public record PhraseMatches(List<Box> boxes, List<Float> logits) {

  /** Puts candidates into the order of their ranks. */
  static PhraseMatches of(List<Box> boxes, List<ExpectedHits.Ranked> ranks) {
    return new PhraseMatches(
        ranks.stream().map(rank -> boxes.get(rank.candidate())).toList(),
        ranks.stream().map(ExpectedHits.Ranked::logit).toList());
  }

  /**
   * Returns the best candidates of which no two overlap by more than {@code nms}.
   *
   * @param nms IoU in [0, 1]
   * @param limit most candidates returned
   */
  public PhraseMatches best(double nms, int limit) {
    List<Integer> kept = new NonMaximumSuppression(nms).keep(boxes, limit);
    return new PhraseMatches(
        kept.stream().map(boxes::get).toList(), kept.stream().map(logits::get).toList());
  }
}
