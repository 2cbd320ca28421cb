package io.deixis.grounding;

import io.deixis.geometry.Box;
import io.deixis.geometry.NonMaximumSuppression;
import java.util.List;

/**
 * What a phrase means to a model in one image: every candidate, refined for this phrase, best
 * first.
 *
 * @param boxes in pixels of the upright image
 * @param logits uncalibrated scores, as many as boxes, never rising
 */
public record PhraseMatches(List<Box> boxes, List<Float> logits) {

  /**
   * Returns what a request with these options is answered, before its threshold: the best
   * candidates of which no two overlap by more than {@code options.nms()}, {@code options.top()} at
   * most.
   */
  public PhraseMatches best(GroundingOptions options) {
    return best(options.nms(), options.top());
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
