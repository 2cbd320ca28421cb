package io.deixis.engine.region;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.geometry.Box;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a backbone could have given for one image. */
final class RandomMaps {

  private RandomMaps() {}

  /** Returns maps of random numbers with the given proposals. */
  static BackboneOutput of(NDManager manager, List<Box> proposals) {
    long count = proposals.size();
    return new BackboneOutput(
        RandomBoxes.tensor(manager, proposals),
        Optional.of(manager.randomNormal(new Shape(count, 96))),
        Optional.of(manager.randomNormal(new Shape(count, 80))),
        Optional.of(manager.randomNormal(new Shape(count, 9))),
        Map.of(
            "f8", manager.randomNormal(new Shape(256, 52, 52)),
            "f16", manager.randomNormal(new Shape(512, 26, 26)),
            "p16", manager.randomNormal(new Shape(96, 26, 26)),
            "p32", manager.randomNormal(new Shape(96, 13, 13))));
  }
}
