package io.deixis.engine.region;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.FeatureMaps;
import io.deixis.geometry.Box;
import java.util.List;

/** What a backbone could have given for one image. */
final class RandomMaps {

  private RandomMaps() {}

  /** Returns maps of random numbers with the given proposals. */
  static FeatureMaps of(NDManager manager, List<Box> proposals) {
    long count = proposals.size();
    return new FeatureMaps(
        RandomBoxes.tensor(manager, proposals),
        manager.randomNormal(new Shape(count, 80)),
        manager.randomNormal(new Shape(count, 96)),
        manager.randomNormal(new Shape(256, 52, 52)),
        manager.randomNormal(new Shape(512, 26, 26)),
        manager.randomNormal(new Shape(96, 26, 26)),
        manager.randomNormal(new Shape(96, 13, 13)),
        manager.randomNormal(new Shape(count, 9)));
  }
}
