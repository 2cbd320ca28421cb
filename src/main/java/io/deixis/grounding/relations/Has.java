package io.deixis.grounding.relations;

import io.deixis.geometry.Box;
import java.util.List;

/**
 * What somebody wears, holds, rides or does something with: it lies mostly within their box, or
 * touches it. Of the reference every candidate counts, by its odds relative to the best one, since
 * the best red shirt of a picture is often found on somebody in a pink one: the chance is that of
 * the best candidate that a target may have. Where matcher and geometry differ, this knows better
 * than the matcher's score of the whole phrase, which is therefore not asked.
 *
 * @param worn whether it is worn: a suit may fill the box of its wearer, a ball not
 */
record Has(boolean worn) implements BoxRelation {

  /** A conditional logit fitted on held-out images: how far a candidate's odds count. */
  private static final double OF_ODDS = 0.42;

  /** How far it counts that a candidate is within the target's box. */
  private static final double OF_WITHIN = 2;

  /** A box that touches the target's counts like one of which this part is within. */
  private static final double TOUCHING = 0.6;

  /** In parts of the image's diagonal. */
  private static final double REACH = 0.02;

  /** From this IoU on, what is not worn is the target itself. */
  private static final double ITSELF = 0.8;

  private static final double LEAST = 1e-5;

  @Override
  public double[] chances(Setting setting) {
    List<Instance> candidates = setting.references().get(0);
    double[] chances = new double[setting.count()];
    for (int i = 0; i < chances.length; i++) {
      double best = LEAST;
      for (Instance candidate : candidates) {
        best = Math.max(best, odds(candidate, setting.box(i), setting.diagonal()));
      }
      chances[i] = Math.pow(Math.min(1, best), OF_ODDS);
    }
    return chances;
  }

  /** Returns the odds, relative to the best candidate, that an owner has this candidate. */
  double odds(Instance candidate, Box owner, double diagonal) {
    return candidate.chance() * Math.pow(belongs(candidate.box(), owner, diagonal), OF_WITHIN);
  }

  private double belongs(Box thing, Box owner, double diagonal) {
    if (thing.area() <= 0 || !worn && thing.iou(owner) > ITSELF) {
      return 0;
    }
    double touches = TOUCHING * Math.exp(-thing.gap(owner) / diagonal / REACH);
    return Math.max(thing.intersectionArea(owner) / thing.area(), touches);
  }

  @Override
  public double witness(int place) {
    return 0;
  }
}
