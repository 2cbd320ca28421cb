package io.deixis.grounding.relations;

import io.deixis.geometry.Box;

/**
 * A relation to one other thing: the chance over everything that the reference may be.
 *
 * @param closeness how far it holds between a target and a reference
 * @param witness weight of the matcher's own score
 */
record Pairwise(Closeness closeness, double witness) implements BoxRelation {

  /** How far a relation holds between two boxes. */
  @FunctionalInterface
  interface Closeness {

    /** Returns a chance in [0, 1]; the diagonal is the image's, in pixels. */
    double of(Box target, Box reference, double diagonal);
  }

  @Override
  public double[] chances(Setting setting) {
    double[] chances = new double[setting.count()];
    for (int i = 0; i < chances.length; i++) {
      double none = 1;
      for (Instance reference : setting.references().get(0)) {
        double holds = closeness.of(setting.box(i), reference.box(), setting.diagonal());
        none *= 1 - reference.chance() * holds * notSame(setting.box(i), reference.box());
      }
      chances[i] = 1 - none;
    }
    return chances;
  }

  /** Nothing is beside, on or in itself. */
  private static double notSame(Box a, Box b) {
    return a.iou(b) > 0.7 ? 0 : 1;
  }

  @Override
  public double witness(int place) {
    return witness;
  }
}
