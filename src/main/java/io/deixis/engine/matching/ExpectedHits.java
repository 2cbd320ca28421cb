package io.deixis.engine.matching;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranks the candidates of a phrase by what they agree with. Many candidates are about the same
 * thing, each with a part of the posterior; the best answer is the box that is expected to be a hit
 * (IoU of at least one half) whichever of them is right: the choice of minimum Bayes risk (Kumar
 * and Byrne, 2004). The second one is the best where the first is wrong, and so on, which is the
 * greedy way to cover a set (Nemhauser et al., 1978). The posterior is the softmax of the logits, a
 * hit a soft step of the IoU.
 */
public final class ExpectedHits {

  /** Factor of the logits for the first answer: training asks all good candidates for a share. */
  private static final double FIRST_SHARPNESS = 2.6;

  /** Factor of the logits for the others. */
  private static final double SHARPNESS = 1;

  /** A little above one half, since a box on the brink is as often none. */
  private static final double HIT_IOU = 0.52;

  private static final double STEEPNESS = 20;

  /** From here on a soft truth counts as one. */
  private static final double HALF = 0.5;

  /** So many candidates, those of the highest logits, are evidence and may be chosen. */
  private static final int CHOSEN_FROM = 80;

  /** So many are ranked like this; the others follow by their logits. */
  private static final int RANKED = 12;

  private final float[] logits;
  private final int[] order;
  private final double[][] hits;

  /**
   * A candidate in its place.
   *
   * @param candidate its index
   * @param logit the highest of those that it stands for, never above that of the one before
   */
  public record Ranked(int candidate, float logit) {}

  private ExpectedHits(List<Box> boxes, float[] logits) {
    this.logits = logits;
    this.order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -logits[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int count = Math.min(CHOSEN_FROM, logits.length);
    this.hits = new double[count][count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        hits[i][j] = hit(boxes.get(order[i]).iou(boxes.get(order[j])));
        hits[j][i] = hits[i][j];
      }
    }
  }

  /**
   * Ranks candidates, best first.
   *
   * @param boxes refined candidates, N
   * @param logits as many
   * @return each candidate once
   */
  public static List<Ranked> rank(List<Box> boxes, float[] logits) {
    return new ExpectedHits(boxes, logits).ranked();
  }

  private List<Ranked> ranked() {
    List<Ranked> ranked = new ArrayList<>(logits.length);
    int count = hits.length;
    boolean[] chosen = new boolean[count];
    double[] open = new double[count];
    Arrays.fill(open, 1);
    for (int place = 0; place < Math.min(RANKED, count); place++) {
      int best = best(posterior(place == 0 ? FIRST_SHARPNESS : SHARPNESS, open), chosen);
      float highest = logits[order[place == 0 ? 0 : best]];
      for (int j = 0; j < count; j++) {
        if (hits[best][j] >= HALF && open[j] >= HALF) {
          highest = Math.max(highest, logits[order[j]]);
        }
        open[j] *= 1 - hits[best][j];
      }
      chosen[best] = true;
      add(ranked, order[best], highest);
    }
    for (int i = 0; i < order.length; i++) {
      if (i >= count || !chosen[i]) {
        add(ranked, order[i], logits[order[i]]);
      }
    }
    return ranked;
  }

  private static void add(List<Ranked> ranked, int candidate, float logit) {
    float before = ranked.isEmpty() ? logit : ranked.get(ranked.size() - 1).logit();
    ranked.add(new Ranked(candidate, Math.min(before, logit)));
  }

  /** Returns the posterior, not normalised, that each one is right and not covered yet. */
  private double[] posterior(double sharpness, double[] open) {
    double[] posterior = new double[open.length];
    for (int i = 0; i < open.length; i++) {
      posterior[i] = open[i] * Math.exp(sharpness * (logits[order[i]] - logits[order[0]]));
    }
    return posterior;
  }

  private int best(double[] posterior, boolean[] chosen) {
    int best = -1;
    double most = -1;
    for (int i = 0; i < posterior.length; i++) {
      if (chosen[i]) {
        continue;
      }
      double expected = 0;
      for (int j = 0; j < posterior.length; j++) {
        expected += hits[i][j] * posterior[j];
      }
      if (expected > most) {
        most = expected;
        best = i;
      }
    }
    return best;
  }

  /** A soft step: one half at the IoU from which a box is a hit. */
  private static double hit(double iou) {
    return 1 / (1 + Math.exp(-STEEPNESS * (iou - HIT_IOU)));
  }
}
