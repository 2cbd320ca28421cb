package io.deixis.training.proposals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.geometry.Box;
import io.deixis.training.loop.Forward;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What a backbone makes of a batch, with the truth boxes that its queries answer for. Queries are
 * assigned once for all loss terms.
 */
public final class ProposalForward implements Forward {

  /** Queries that answer for each truth box. */
  private static final int REPEATS = 2;

  /** The power of IoU and probability in the matchability-aware loss (DEIM, Huang et al., 2025). */
  private static final double QUALITY = 1.5;

  private final BackboneOutput output;
  private final List<EntityTargets> batch;
  private final long classes;
  private final float[] boxes;
  private final float[] weights;
  private final float[] targets;
  private final List<Integer> rows = new ArrayList<>();
  private final List<Box> truths = new ArrayList<>();

  /**
   * Assigns queries to truth boxes.
   *
   * @param output the backbone's answer for the batch
   * @param batch what is true of each image
   */
  public ProposalForward(BackboneOutput output, List<EntityTargets> batch) {
    this.output = output;
    this.batch = List.copyOf(batch);
    this.classes = output.entityLogits().map(all -> all.getShape().get(2)).orElse(0L);
    this.boxes = output.boxes().toFloatArray();
    float[] logits = output.entityLogits().map(NDArray::toFloatArray).orElseGet(() -> new float[0]);
    this.weights = new float[logits.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.pow(probability(logits[i]), QUALITY);
    }
    this.targets = new float[logits.length];
    int queries = (int) output.boxes().getShape().get(1);
    for (int image = 0; image < batch.size(); image++) {
      assign(image * queries, queries, logits, batch.get(image));
    }
  }

  private void assign(int first, int queries, float[] logits, EntityTargets truth) {
    float[][] ofImage = new float[queries][];
    float[] objectness = new float[queries];
    for (int q = 0; q < queries; q++) {
      int row = first + q;
      ofImage[q] =
          new float[] {boxes[row * 4], boxes[row * 4 + 1], boxes[row * 4 + 2], boxes[row * 4 + 3]};
      objectness[q] = classes == 0 ? 1 : (float) probability(logits[(int) (row * classes)]);
    }
    for (QueryAssignment.Pair pair :
        QueryAssignment.assign(ofImage, objectness, truth.boxes(), REPEATS)) {
      Box box = truth.boxes().get(pair.target());
      rows.add(first + pair.query());
      truths.add(box);
      if (classes == 0) {
        continue;
      }
      double iou = QueryAssignment.box(ofImage[pair.query()]).iou(box);
      float quality = (float) Math.pow(iou, QUALITY);
      int at = (int) ((first + pair.query()) * classes);
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

  private static double probability(float logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  BackboneOutput output() {
    return output;
  }

  List<EntityTargets> batch() {
    return batch;
  }

  /** Returns how many queries are assigned, at least 1. */
  int assigned() {
    return Math.max(1, rows.size());
  }

  /** Returns whether no query is assigned. */
  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Returns the boxes of the assigned queries [A, 4]. */
  NDArray assignedBoxes() {
    long[] repeated = rows.stream().flatMapToLong(r -> LongStream.of(r, r, r, r)).toArray();
    NDArray flat = output.boxes().reshape(-1, 4);
    return flat.gather(flat.getManager().create(repeated, new Shape(rows.size(), 4)), 0);
  }

  /** Returns the truth boxes that they answer for [A, 4]. */
  NDArray truth() {
    float[][] values = new float[truths.size()][];
    for (int i = 0; i < values.length; i++) {
      Box box = truths.get(i);
      values[i] =
          new float[] {(float) box.x1(), (float) box.y1(), (float) box.x2(), (float) box.y2()};
    }
    return output.boxes().getManager().create(values);
  }

  /** Returns what each query's objectness and types are to be [B * Q, 1 + types], in [0, 1]. */
  NDArray targets() {
    return ofQueries(targets);
  }

  /** Returns how much each of {@link #targets} counts [B * Q, 1 + types]. */
  NDArray weights() {
    return ofQueries(weights);
  }

  /** Returns logits of each query's objectness and types [B * Q, 1 + types]. */
  NDArray logits() {
    return output.entityLogits().orElseThrow().reshape(-1, classes);
  }

  private NDArray ofQueries(float[] values) {
    return output.boxes().getManager().create(values, new Shape(values.length / classes, classes));
  }
}
