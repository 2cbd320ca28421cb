package io.deixis.grounding.relations;

import io.deixis.geometry.Box;

/**
 * The chance to be the k-th in an order. Every thing is an instance with a chance of its own, so
 * how many instances come before one has a Poisson-binomial distribution.
 *
 * @param key what is ordered by, from the least on
 * @param blur keys that differ by less than about this may be either way round
 * @param first weight of the matcher's own score for who is first in the order
 * @param later the same for all further places
 */
record Order(Key key, double blur, double first, double later) implements BoxRelation {

  /** Chosen on held-out images: things of odds above the root of this one are counted. */
  private static final double SEEN = 0.37;

  /** What an order goes by. */
  @FunctionalInterface
  interface Key {

    /** Returns the key of a box in an image of a width and a height. */
    double of(Box box, double width, double height);
  }

  @Override
  public double[] chances(Setting setting) {
    double[] keys = new double[setting.count()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key.of(setting.box(i), setting.width(), setting.height());
    }
    return chances(setting, keys, setting.place());
  }

  /** Returns for each target the chance that exactly {@code place - 1} instances come before it. */
  double[] chances(Setting setting, double[] keys, int place) {
    double[] chances = new double[keys.length];
    for (int i = 0; i < keys.length; i++) {
      chances[i] = before(setting, keys, i, place)[place - 1];
    }
    return chances;
  }

  /** Returns the chances that 0, 1, … up to {@code most - 1} instances come before a target. */
  private double[] before(Setting setting, double[] keys, int target, int most) {
    double[] count = new double[most];
    count[0] = 1;
    for (int j = 0; j < keys.length; j++) {
      if (j == target) {
        continue;
      }
      double earlier = 1 / (1 + Math.exp(-(keys[target] - keys[j]) / blur));
      double chance = counted(setting.targets().get(j).chance()) * earlier;
      for (int k = most - 1; k >= 0; k--) {
        count[k] = count[k] * (1 - chance) + (k > 0 ? count[k - 1] * chance : 0);
      }
    }
    return count;
  }

  /** Who counts sees clearly what a model half doubts: chances are drawn apart, and up. */
  private static double counted(double chance) {
    double odds = chance / (1 - chance);
    return 1 / (1 + SEEN / (odds * odds));
  }

  @Override
  public double witness(int place) {
    return place == 1 ? first : later;
  }
}
