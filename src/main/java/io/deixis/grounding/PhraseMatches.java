package io.deixis.grounding;

import io.deixis.geometry.Box;
import io.deixis.geometry.NonMaximumSuppression;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a phrase means to a model in one image: every candidate, refined for this phrase, best
 * first.
 *
 * @param boxes in pixels of the upright image
 * @param logits uncalibrated scores, as many as boxes, never rising: what a candidate stands for
 * @param own each candidate's own uncalibrated score, in the same order
 */
public record PhraseMatches(List<Box> boxes, List<Float> logits, List<Float> own) {

  /** Creates matches that are ranked by nothing but their own scores. */
  public PhraseMatches(List<Box> boxes, List<Float> logits) {
    this(boxes, logits, logits);
  }

  /** Returns the same candidates ranked by their own scores alone. */
  public PhraseMatches byOwnScore() {
    List<Integer> order =
        IntStream.range(0, own.size())
            .boxed()
            .sorted(Comparator.comparing(own::get, Comparator.reverseOrder()))
            .toList();
    return new PhraseMatches(
        order.stream().map(boxes::get).toList(), order.stream().map(own::get).toList());
  }

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
        kept.stream().map(boxes::get).toList(),
        kept.stream().map(logits::get).toList(),
        kept.stream().map(own::get).toList());
  }
}
