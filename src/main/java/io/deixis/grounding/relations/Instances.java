package io.deixis.grounding.relations;

import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the single things among the candidates of a noun phrase, each once. Candidates that overlap
 * are evidence of one thing together: the box that most of the posterior agrees with comes first,
 * then the one that most of the rest agrees with, and so on (the greedy way to cover a set,
 * Nemhauser et al., 1978). The chance that such a box is one of the things is a logistic regression
 * on the annotated things of held-out images. All logits are taken relative to the best one, so the
 * numbers hold for models of another level.
 */
final class Instances {

  /** So many candidates, those of the highest logits, are evidence. */
  private static final int EVIDENCE = 80;

  private static final int MOST = 12;

  /** A little above one half, since a box on the brink is as often none. */
  private static final double HIT_IOU = 0.52;

  private static final double STEEPNESS = 20;

  /** Factor of the logits when the boxes of one thing are averaged. */
  private static final double SHARPNESS = 2;

  /** Less certain ones are none. */
  private static final double LEAST = 0.02;

  /**
   * Of a logistic regression, on 300 held-out images, of whether a box is one of the things: how
   * far its logit and its mass count, both relative to the best one's, and against it that it lies
   * in a better box, overlaps one, lies around one, or around two that are as likely.
   */
  private static final double BIAS = 2.6;

  private static final double OF_LOGIT = 0.36;
  private static final double OF_MASS = 0.31;
  private static final double OF_PART = 2.8;
  private static final double OF_OVERLAP = 0.5;
  private static final double OF_WHOLE = 4.7;
  private static final double OF_SEVERAL = 1.5;

  private final List<Box> boxes;
  private final double[] logits;
  private final double[][] hits;
  private final double[] open;
  private final List<Found> found = new ArrayList<>();

  /**
   * A box that may be of one thing.
   *
   * @param logit the highest of those that agree with it, relative to the best of all
   * @param mass the posterior that agrees with it, not normalised
   */
  private record Found(Box box, double logit, double mass) {}

  private Instances(PhraseMatches matches) {
    int count = Math.min(EVIDENCE, matches.boxes().size());
    this.boxes = matches.boxes().subList(0, count);
    this.logits = new double[count];
    this.open = new double[count];
    this.hits = new double[count][count];
    for (int i = 0; i < count; i++) {
      logits[i] = matches.logits().get(i) - matches.logits().get(0);
      open[i] = Math.exp(logits[i]);
      for (int j = 0; j <= i; j++) {
        double beyond = boxes.get(i).iou(boxes.get(j)) - HIT_IOU;
        hits[i][j] = 1 / (1 + Math.exp(-STEEPNESS * beyond));
        hits[j][i] = hits[i][j];
      }
    }
  }

  /**
   * Returns the things that a noun phrase may name, the most certain first. Candidates go by their
   * own scores: what a candidate stands for is said of every one that covers the same things.
   */
  static List<Instance> of(PhraseMatches ranked) {
    PhraseMatches matches = ranked.byOwnScore();
    Instances instances = new Instances(matches);
    instances.find();
    List<Instance> things = new ArrayList<>();
    for (int i = 0; i < instances.found.size(); i++) {
      double chance = instances.chance(i);
      if (chance >= LEAST) {
        Found each = instances.found.get(i);
        things.add(new Instance(each.box(), chance, matches.logits().get(0) + each.logit()));
      }
    }
    things.sort(Comparator.comparingDouble(thing -> -thing.chance()));
    return things;
  }

  /** Returns every candidate by itself, with its odds relative to the best one as chance. */
  static List<Instance> candidates(PhraseMatches ranked) {
    PhraseMatches matches = ranked.byOwnScore();
    return IntStream.range(0, matches.boxes().size())
        .mapToObj(
            i -> {
              float logit = matches.logits().get(i);
              double odds = Math.exp(logit - matches.logits().get(0));
              return new Instance(matches.boxes().get(i), odds, logit);
            })
        .toList();
  }

  private void find() {
    boolean[] chosen = new boolean[logits.length];
    for (int k = 0; k < Math.min(MOST, logits.length); k++) {
      int best = -1;
      double most = -1;
      for (int i = 0; i < logits.length; i++) {
        double mass = chosen[i] ? -1 : mass(i);
        if (mass > most) {
          best = i;
          most = mass;
        }
      }
      chosen[best] = true;
      found.add(new Found(average(best), highest(best), most));
      for (int j = 0; j < logits.length; j++) {
        open[j] *= 1 - hits[best][j];
      }
    }
  }

  /** Returns the posterior that is not covered yet and agrees with a candidate. */
  private double mass(int candidate) {
    double sum = 0;
    for (int j = 0; j < logits.length; j++) {
      sum += hits[candidate][j] * open[j];
    }
    return sum;
  }

  private double highest(int candidate) {
    double highest = logits[candidate];
    for (int j = 0; j < logits.length; j++) {
      if (hits[candidate][j] * open[j] >= 0.5 * Math.exp(logits[j])) {
        highest = Math.max(highest, logits[j]);
      }
    }
    return highest;
  }

  /** Many candidates are about one thing; their weighted average lies better than the best. */
  private Box average(int candidate) {
    Box at = boxes.get(candidate);
    double[] moved = new double[4];
    double sum = 0;
    for (int j = 0; j < logits.length; j++) {
      if (hits[candidate][j] < 0.5) {
        continue;
      }
      double weight = hits[candidate][j] * open[j] * Math.exp((SHARPNESS - 1) * logits[j]) + 1e-12;
      Box box = boxes.get(j);
      moved[0] += weight * (box.x1() - at.x1());
      moved[1] += weight * (box.y1() - at.y1());
      moved[2] += weight * (box.x2() - at.x2());
      moved[3] += weight * (box.y2() - at.y2());
      sum += weight;
    }
    return new Box(
        at.x1() + moved[0] / sum,
        at.y1() + moved[1] / sum,
        at.x2() + moved[2] / sum,
        at.y2() + moved[3] / sum);
  }

  /**
   * Returns the chance that a box is one of the things: less for a part of another or a second box
   * of the same, and for a box around others.
   */
  private double chance(int index) {
    Found each = found.get(index);
    double within = 0;
    double overlap = 0;
    double around = 0;
    double held = 0;
    double heldSecond = 0;
    for (int k = 0; k < found.size(); k++) {
      if (k == index) {
        continue;
      }
      Found other = found.get(k);
      double shared = each.box().intersectionArea(other.box());
      double holds = shared / other.box().area();
      if (k < index) {
        within = Math.max(within, shared / each.box().area());
        overlap = Math.max(overlap, each.box().iou(other.box()));
        around = Math.max(around, holds);
      }
      double likely = holds * Math.min(1, Math.exp(other.logit() - each.logit()));
      heldSecond = Math.max(heldSecond, Math.min(held, likely));
      held = Math.max(held, likely);
    }
    double logit =
        BIAS
            + OF_LOGIT * each.logit()
            + OF_MASS * Math.log(each.mass() / found.get(0).mass())
            - OF_PART * Math.max(0, within - 0.5)
            - OF_OVERLAP * Math.max(0, overlap - 0.2)
            - OF_WHOLE * Math.max(0, around - 0.5)
            - OF_SEVERAL * Math.max(0, heldSecond - 0.4);
    return 1 / (1 + Math.exp(-logit));
  }
}
