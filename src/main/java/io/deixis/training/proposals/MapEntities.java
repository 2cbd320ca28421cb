package io.deixis.training.proposals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deixis.geometry.Box;
import io.deixis.training.optimisation.Losses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A linear reading of entity types from each cell of the encoder's maps. It exists in training
 * alone: what it asks of the maps is what regions are later described by.
 */
final class MapEntities {

  static final String FINE = "p16";
  static final String COARSE = "p32";
  private static final int CHANNELS = 96;

  private final Map<String, NDArray> weights = new LinkedHashMap<>();

  MapEntities(NDManager manager) {
    for (String map : List.of(FINE, COARSE)) {
      NDArray weight =
          manager.zeros(new Shape(EntityTargets.TYPES.size(), CHANNELS), DataType.FLOAT32);
      NDArray bias = manager.zeros(new Shape(EntityTargets.TYPES.size(), 1)).sub(2);
      weight.setRequiresGradient(true);
      bias.setRequiresGradient(true);
      weights.put(map + ".weight", weight);
      weights.put(map + ".bias", bias);
    }
  }

  Map<String, NDArray> weights() {
    return weights;
  }

  /** Mean cross-entropy over the cells of a map [B, 96, S, S]. */
  NDArray loss(NDArray map, String name, List<EntityTargets> batch) {
    long side = map.getShape().get(2);
    NDArray cells = map.reshape(map.getShape().get(0), CHANNELS, side * side);
    NDArray weight = weights.get(name + ".weight");
    NDArray logits =
        weight
            .expandDims(0)
            .broadcast(new Shape(batch.size(), weight.getShape().get(0), CHANNELS))
            .matMul(cells)
            .add(weights.get(name + ".bias"));
    float[] targets = new float[(int) logits.size()];
    for (int image = 0; image < batch.size(); image++) {
      paint(targets, image, (int) side, batch.get(image));
    }
    NDArray truth = map.getManager().create(targets, logits.getShape());
    return Losses.binaryCrossEntropy(logits, truth).mean();
  }

  private static void paint(float[] targets, int image, int side, EntityTargets truth) {
    int types = EntityTargets.TYPES.size();
    for (int b = 0; b < truth.boxes().size(); b++) {
      Box box = truth.boxes().get(b);
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double cx = (x + 0.5) / side;
          double cy = (y + 0.5) / side;
          if (cx > box.x1() && cx < box.x2() && cy > box.y1() && cy < box.y2()) {
            for (int t = 0; t < types; t++) {
              if (truth.types().get(b)[t]) {
                targets[((image * types) + t) * side * side + y * side + x] = 1;
              }
            }
          }
        }
      }
    }
  }
}
