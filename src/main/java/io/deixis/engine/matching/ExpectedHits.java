package io.deixis.engine.matching;

import io.deixis.geometry.Box;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Judges every candidate of a phrase by those it agrees with. Many candidates are about the same
 * thing, each with a part of the belief; the best answer is the box that is expected to be a hit
 * (IoU of at least one half) whichever of them is right: the choice of minimum Bayes risk (Kumar
 * and Byrne, 2004), with belief as the softmax of sharpened logits and a hit as a soft step of the
 * IoU.
 */
public final class ExpectedHits {

  /** Factor of the logits; the softmax that training asks for spreads over all good candidates. */
  private static final double SHARPNESS = 2;

  private static final double HIT_IOU = 0.5;
  private static final double STEEPNESS = 20;

  /** A candidate less believed than this share of the most believed one is no evidence. */
  private static final double LEAST_BELIEF = 1e-3;

  private static final double LEAST_EXPECTATION = 1e-9;

  private ExpectedHits() {}

  /**
   * Returns logits that order the candidates by expected hits: the best one's is the highest logit
   * that was given, and a candidate with a share of its expectation has the logarithm of that share
   * less.
   *
   * @param boxes refined candidates, N
   * @param logits as many
   */
  public static float[] of(List<Box> boxes, float[] logits) {
    int count = logits.length;
    double highest = IntStream.range(0, count).mapToDouble(i -> logits[i]).max().orElse(0);
    double[] belief = new double[count];
    double all = 0;
    for (int i = 0; i < count; i++) {
      double value = Math.exp(SHARPNESS * (logits[i] - highest));
      belief[i] = value < LEAST_BELIEF ? 0 : value;
      all += belief[i];
    }
    double[] expected = new double[count];
    double best = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        if (belief[j] > 0) {
          expected[i] += belief[j] / all * hit(boxes.get(i).iou(boxes.get(j)));
        }
      }
      best = Math.max(best, expected[i]);
    }
    float[] judged = new float[count];
    for (int i = 0; i < count; i++) {
      judged[i] = (float) (highest + Math.log(Math.max(LEAST_EXPECTATION, expected[i]) / best));
    }
    return judged;
  }

  /** A soft step: one half at the IoU from which a box is a hit. */
  private static double hit(double iou) {
    return 1 / (1 + Math.exp(-STEEPNESS * (iou - HIT_IOU)));
  }
}
