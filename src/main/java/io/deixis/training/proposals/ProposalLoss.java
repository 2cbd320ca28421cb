package io.deixis.training.proposals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.engine.region.BoxTensors;
import io.deixis.engine.torch.Scalars;
import io.deixis.geometry.Box;
import io.deixis.training.optimisation.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The loss of a batch of proposals: 2 · (1 − GIoU) + 5 · L1 of assigned boxes; cross-entropy of
 * objectness and entity types towards IoU^1.5 on assigned queries, other queries weighted by their
 * own probability^1.5, if the backbone has them; and cross-entropy of each map cell's entity types,
 * which trains the maps that regions are described by.
 */
public final class ProposalLoss {

  private static final int REPEATS = 2;
  private static final double QUALITY = 1.5;

  private final MapEntities mapEntities;

  ProposalLoss(MapEntities mapEntities) {
    this.mapEntities = mapEntities;
  }

  /**
   * The parts of a loss, scalars.
   *
   * @param total their sum
   */
  record Parts(NDArray total, NDArray box, NDArray entity, NDArray map) {

    Map<String, Float> values() {
      return Map.of(
          "loss", total.getFloat(),
          "box", box.getFloat(),
          "entity", entity.getFloat(),
          "map", map.getFloat());
    }
  }

  Parts of(BackboneOutput output, List<EntityTargets> batch) {
    Queries queries = ofQueries(output, batch);
    NDArray map = mapEntities.loss(output, batch).orElseGet(() -> Scalars.of(queries.box(), 0));
    return new Parts(
        queries.box().add(queries.entity()).add(map), queries.box(), queries.entity(), map);
  }

  /**
   * The parts of a loss that are of the queries, scalars.
   *
   * @param box of assigned boxes
   * @param entity of objectness and entity types
   */
  public record Queries(NDArray box, NDArray entity) {}

  /** Returns the loss of the queries alone. */
  public static Queries ofQueries(BackboneOutput output, List<EntityTargets> batch) {
    long queries = output.boxes().getShape().get(1);
    NDArray flatBoxes = output.boxes().reshape(-1, 4);
    long classes = output.entityLogits().map(all -> all.getShape().get(2)).orElse(0L);
    float[] boxes = flatBoxes.toFloatArray();
    float[] logits = output.entityLogits().map(NDArray::toFloatArray).orElseGet(() -> new float[0]);

    float[] weights = new float[logits.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.pow(1 / (1 + Math.exp(-logits[i])), QUALITY);
    }
    float[] targets = new float[logits.length];
    List<Long> rows = new ArrayList<>();
    List<float[]> truths = new ArrayList<>();
    for (int image = 0; image < batch.size(); image++) {
      EntityTargets truth = batch.get(image);
      float[][] ofImage = new float[(int) queries][];
      float[] objectness = new float[(int) queries];
      for (int q = 0; q < queries; q++) {
        int row = (int) (image * queries) + q;
        ofImage[q] =
            new float[] {
              boxes[row * 4], boxes[row * 4 + 1], boxes[row * 4 + 2], boxes[row * 4 + 3]
            };
        objectness[q] =
            classes == 0 ? 1 : (float) (1 / (1 + Math.exp(-logits[(int) (row * classes)])));
      }
      for (QueryAssignment.Pair pair :
          QueryAssignment.assign(ofImage, objectness, truth.boxes(), REPEATS)) {
        int row = (int) (image * queries) + pair.query();
        Box box = truth.boxes().get(pair.target());
        rows.add((long) row);
        truths.add(
            new float[] {(float) box.x1(), (float) box.y1(), (float) box.x2(), (float) box.y2()});
        if (classes == 0) {
          continue;
        }
        float quality = (float) Math.pow(iou(ofImage[pair.query()], box), QUALITY);
        int at = (int) (row * classes);
        targets[at] = quality;
        weights[at] = 1;
        boolean[] types = truth.types().get(pair.target());
        for (int t = 0; t < types.length; t++) {
          if (types[t]) {
            targets[at + 1 + t] = quality;
            weights[at + 1 + t] = 1;
          }
        }
      }
    }

    NDManager manager = output.boxes().getManager();
    int assigned = Math.max(1, rows.size());
    // Without a box it is 0, with a gradient of 0.
    NDArray box = flatBoxes.sum().mul(Scalars.of(flatBoxes, 0));
    if (!rows.isEmpty()) {
      long[] rowsRepeated = rows.stream().flatMapToLong(r -> LongStream.of(r, r, r, r)).toArray();
      NDArray predicted =
          flatBoxes.gather(manager.create(rowsRepeated, new Shape(rows.size(), 4)), 0);
      NDArray truth = manager.create(truths.toArray(float[][]::new));
      NDArray l1 = predicted.sub(truth).abs().sum().div(Scalars.of(flatBoxes, assigned));
      NDArray giou =
          BoxTensors.generalisedIou(predicted, truth)
              .neg()
              .add(1)
              .sum()
              .div(Scalars.of(flatBoxes, assigned));
      box = l1.mul(Scalars.of(l1, 5)).add(giou.mul(Scalars.of(giou, 2)));
    }
    NDArray entity =
        output
            .entityLogits()
            .map(
                all ->
                    Losses.binaryCrossEntropy(all, manager.create(targets, all.getShape()))
                        .mul(manager.create(weights, all.getShape()))
                        .sum()
                        .div(Scalars.of(flatBoxes, assigned)))
            .orElseGet(() -> Scalars.of(flatBoxes, 0));
    return new Queries(box, entity);
  }

  private static double iou(float[] query, Box truth) {
    return new Box(query[0], query[1], Math.max(query[0], query[2]), Math.max(query[1], query[3]))
        .iou(truth);
  }
}
