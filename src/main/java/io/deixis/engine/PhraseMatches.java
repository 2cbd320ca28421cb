package io.deixis.engine;

import io.deixis.geometry.Box;
import io.deixis.geometry.NonMaximumSuppression;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a phrase means to the model in one image: every candidate, refined for this phrase, best
 * first.
 *
 * @param boxes in pixels of the upright image
 * @param logits uncalibrated, falling
 */
public record PhraseMatches(List<Box> boxes, List<Float> logits) {

  /** Sorts candidates by logit, best first; equal ones keep their order. */
  static PhraseMatches sorted(List<Box> boxes, float[] logits) {
    List<Integer> order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -logits[i]))
            .toList();
    return new PhraseMatches(
        order.stream().map(boxes::get).toList(), order.stream().map(i -> logits[i]).toList());
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
