package io.deixis.grounding.relations;

import io.deixis.geometry.Box;

/**
 * Nearest to a reference, or farthest from it: an order by the distance to where it is expected.
 *
 * @param sign 1 for the nearest, -1 for the farthest
 */
record Distance(int sign) implements BoxRelation {

  private static final Order ORDER = new Order((box, w, h) -> 0, 0.08, 0, 0.1);

  @Override
  public double[] chances(Setting setting) {
    double[] keys = new double[setting.count()];
    for (int i = 0; i < keys.length; i++) {
      double sum = 0;
      double weight = 1e-9;
      for (Instance reference : setting.references().get(0)) {
        if (reference.box().iou(setting.box(i)) < 0.7) {
          sum += reference.chance() * between(setting.box(i), reference.box());
          weight += reference.chance();
        }
      }
      keys[i] = sign * sum / weight / setting.diagonal();
    }
    return ORDER.chances(setting, keys, setting.place());
  }

  /**
   * Returns the gap between the edges and, since touching things have none, a little of centres.
   */
  static double between(Box a, Box b) {
    return a.gap(b)
        + 0.2
            * Math.hypot(
                (a.x1() + a.x2() - b.x1() - b.x2()) / 2, (a.y1() + a.y2() - b.y1() - b.y2()) / 2);
  }

  @Override
  public double witness(int place) {
    return ORDER.witness(place);
  }
}
