package io.deixis.engine.region;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.deixis.geometry.Box;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Boxes for tests, in units of the image's sides. */
final class RandomBoxes {

  private RandomBoxes() {}

  /** Returns boxes inside [0, 1]; the same seed gives the same. */
  static List<Box> of(int count, long seed) {
    Random random = new Random(seed);
    return Stream.generate(
            () -> {
              float xa = random.nextFloat();
              float xb = random.nextFloat();
              float ya = random.nextFloat();
              float yb = random.nextFloat();
              return new Box(
                  Math.min(xa, xb), Math.min(ya, yb), Math.max(xa, xb), Math.max(ya, yb));
            })
        .limit(count)
        .toList();
  }

  /** Returns boxes as a tensor [N, 4]. */
  static NDArray tensor(NDManager manager, List<Box> boxes) {
    return manager.create(
        boxes.stream()
            .map(b -> new float[] {(float) b.x1(), (float) b.y1(), (float) b.x2(), (float) b.y2()})
            .toArray(float[][]::new));
  }
}
