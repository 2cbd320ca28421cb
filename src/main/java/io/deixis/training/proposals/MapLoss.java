package io.deixis.training.proposals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.geometry.Box;
import io.deixis.training.loop.Losses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Cross-entropy of entity types as a linear layer reads them from each cell of the supervised maps.
 * The layer exists in training alone: what it asks of the maps is what regions are later described
 * by.
 */
final class MapLoss implements Function<ProposalForward, NDArray> {

  private final int types;
  private final List<String> maps = new ArrayList<>();
  private final Map<String, NDArray> weights = new LinkedHashMap<>();

  MapLoss(NDManager manager, BackboneSpec spec) {
    types = spec.entityTypes().size();
    spec.maps()
        .forEach(
            (name, map) -> {
              if (map.supervised() && types > 0) {
                maps.add(name);
                NDArray weight = manager.zeros(new Shape(types, map.channels()), DataType.FLOAT32);
                NDArray bias = manager.zeros(new Shape(types, 1)).sub(2);
                weight.setRequiresGradient(true);
                bias.setRequiresGradient(true);
                weights.put(name + ".weight", weight);
                weights.put(name + ".bias", bias);
              }
            });
  }

  Map<String, NDArray> weights() {
    return weights;
  }

  /** Returns whether there is a map to read from. */
  boolean isEmpty() {
    return maps.isEmpty();
  }

  /** Returns the mean over the cells of each supervised map [B, C, H, W], summed over maps. */
  @Override
  public NDArray apply(ProposalForward forward) {
    return maps.stream()
        .map(name -> mean(forward.output().maps().get(name), name, forward.batch()))
        .reduce(NDArray::add)
        .orElseThrow();
  }

  private NDArray mean(NDArray map, String name, List<EntityTargets> batch) {
    long channels = map.getShape().get(1);
    long height = map.getShape().get(2);
    long width = map.getShape().get(3);
    NDArray cells = map.reshape(map.getShape().get(0), channels, height * width);
    NDArray weight = weights.get(name + ".weight");
    NDArray logits =
        weight
            .expandDims(0)
            .broadcast(new Shape(batch.size(), types, channels))
            .matMul(cells)
            .add(weights.get(name + ".bias"));
    float[] targets = new float[(int) logits.size()];
    for (int image = 0; image < batch.size(); image++) {
      paint(targets, image, (int) height, (int) width, batch.get(image));
    }
    NDArray truth = map.getManager().create(targets, logits.getShape());
    return Losses.binaryCrossEntropy(logits, truth).mean();
  }

  private void paint(float[] targets, int image, int height, int width, EntityTargets truth) {
    for (int b = 0; b < truth.boxes().size(); b++) {
      Box box = truth.boxes().get(b);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double cx = (x + 0.5) / width;
          double cy = (y + 0.5) / height;
          if (cx > box.x1() && cx < box.x2() && cy > box.y1() && cy < box.y2()) {
            for (int t = 0; t < types; t++) {
              if (truth.types().get(b)[t]) {
                targets[(image * types + t) * height * width + y * width + x] = 1;
              }
            }
          }
        }
      }
    }
  }
}
