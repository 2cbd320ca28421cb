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
 * @param nms IoU in [0, 1] above which the worse of two boxes counts as a duplicate, unless a
 *     request says otherwise; 1 where the model gives none
 */
public record PhraseMatches(List<Box> boxes, List<Float> logits, List<Float> own, double nms) {

  private static final double STANDARD_NMS = 0.5;

  /** Creates matches whose duplicates overlap by one half. */
  public PhraseMatches(List<Box> boxes, List<Float> logits, List<Float> own) {
    this(boxes, logits, own, STANDARD_NMS);
  }

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
    List<Float> scores = order.stream().map(own::get).toList();
    return new PhraseMatches(order.stream().map(boxes::get).toList(), scores, scores, nms);
  }

  /**
   * Returns what a request with these options is answered, before its threshold: the best
   * candidates of which no two overlap by more than {@code options.nms()}, or else {@link #nms},
   * {@code options.top()} at most.
   */
  public PhraseMatches best(GroundingOptions options) {
    return best(options.nms().orElse(nms), options.top());
  }

  /**
   * Returns the best candidates of which no two overlap by more than {@code overlap}.
   *
   * @param overlap IoU in [0, 1]
   * @param limit most candidates returned
   */
  public PhraseMatches best(double overlap, int limit) {
    List<Integer> kept = new NonMaximumSuppression(overlap).keep(boxes, limit);
    return new PhraseMatches(
        kept.stream().map(boxes::get).toList(),
        kept.stream().map(logits::get).toList(),
        kept.stream().map(own::get).toList(),
        nms);
  }
}
