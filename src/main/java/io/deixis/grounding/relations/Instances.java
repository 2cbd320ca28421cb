package io.deixis.grounding.relations;

import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the single things among the candidates of a noun phrase, each once. The numbers were chosen
 * on held-out images.
 */
final class Instances {

  /** Boxes that overlap more than this are of the same thing. */
  private static final double SAME = 0.4;

  /** A box that lies in a better one by this part is a part of that thing. */
  private static final double PART = 0.9;

  /** A box that holds a better one by this part is of that thing, or of a group that it is in. */
  private static final double GROUP = 0.6;

  /** How much faster than the logit the logit of the chance to be an instance falls. */
  private static final double SLOPE = 1;

  /** Logit of the best candidate's own chance. */
  private static final double BEST = 3;

  /** Less certain ones are none. */
  private static final double LEAST = 0.05;

  private static final int MOST = 12;

  /** Factor of the logits when the boxes of one thing are averaged. */
  private static final double SHARPNESS = 2;

  private Instances() {}

  /**
   * Returns the things that a noun phrase may name, the most certain first. Candidates go by their
   * own scores: what a candidate stands for is said of every one that covers the same things.
   */
  static List<Instance> of(PhraseMatches ranked) {
    PhraseMatches matches = ranked.byOwnScore();
    List<Instance> instances = new ArrayList<>();
    List<Box> kept = new ArrayList<>();
    for (int i = 0; i < matches.boxes().size(); i++) {
      double chance = chance(matches.logits().get(i) - matches.logits().get(0));
      if (chance < LEAST || kept.size() == MOST) {
        break;
      }
      Box box = matches.boxes().get(i);
      if (kept.stream().noneMatch(better -> isSame(box, better))) {
        kept.add(box);
        Box mean = average(matches, i);
        if (!isGroup(mean, instances)) {
          instances.add(new Instance(mean, chance, matches.logits().get(i)));
        }
      }
    }
    return instances;
  }

  private static double chance(double belowBest) {
    return 1 / (1 + Math.exp(-(SLOPE * belowBest + BEST)));
  }

  private static boolean isSame(Box box, Box better) {
    double shared = box.intersectionArea(better);
    return box.iou(better) > SAME || shared >= PART * box.area() || shared >= GROUP * better.area();
  }

  /** A box that holds most of two things is of neither. */
  private static boolean isGroup(Box box, List<Instance> instances) {
    return instances.stream()
            .filter(each -> box.intersectionArea(each.box()) >= GROUP * each.box().area())
            .count()
        > 1;
  }

  /** Many candidates are about one thing; their weighted average lies better than the best. */
  private static Box average(PhraseMatches matches, int best) {
    Box box = matches.boxes().get(best);
    double[] edges = new double[4];
    double sum = 0;
    for (int i = 0; i < matches.logits().size(); i++) {
      Box other = matches.boxes().get(i);
      if (i == best || other.iou(box) > SAME) {
        double below = matches.logits().get(i) - matches.logits().get(best);
        double weight = Math.exp(SHARPNESS * Math.min(0, below));
        edges[0] += weight * other.x1();
        edges[1] += weight * other.y1();
        edges[2] += weight * other.x2();
        edges[3] += weight * other.y2();
        sum += weight;
      }
    }
    return new Box(edges[0] / sum, edges[1] / sum, edges[2] / sum, edges[3] / sum);
  }
}
