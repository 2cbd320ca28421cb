package io.deixis.grounding.relations;

import java.util.Arrays;

/** "The other one": any instance but the most certain one. */
record Other() implements BoxRelation {

  @Override
  public double[] chances(Setting setting) {
    double[] chances = new double[setting.count()];
    double most = setting.targets().stream().mapToDouble(Instance::chance).max().orElse(0);
    Arrays.setAll(chances, i -> setting.targets().get(i).chance() >= most ? 0.2 : 1);
    return chances;
  }

  @Override
  public double witness(int place) {
    return 0;
  }
}
