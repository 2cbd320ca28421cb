package io.deixis.engine.region;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.engine.backbone.BackboneSpec;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The regions of one image that phrases are matched with: the backbone's proposals, and fixed
 * priors for what no proposal covers (the whole image, its halves, its middle).
 *
 * @param boxes [N, 4], xyxy in normalised coordinates, inside [0, 1]; proposals first
 * @param queries query vectors [N, querySize], if the backbone has them; a prior borrows that of
 *     the proposal it overlaps best, times their IoU
 * @param posteriors class probabilities [N, classes], if the backbone has them, borrowed alike
 */
public record Candidates(NDArray boxes, Optional<NDArray> queries, Optional<NDArray> posteriors) {

  private static final float[][] PRIORS = {
    {0, 0, 1, 1},
    {0, 0, .5f, 1},
    {.5f, 0, 1, 1},
    {0, 0, 1, .5f},
    {0, .5f, 1, 1},
    {.25f, 0, .75f, 1},
    {0, .25f, 1, .75f},
    {.15f, .15f, .85f, .85f},
    {0, .3f, 1, 1},
    {0, 0, 1, .7f}
  };

  /** Returns how many candidates an image with {@code proposals} proposals has. */
  public static int count(int proposals) {
    return proposals + PRIORS.length;
  }

  /** Gathers the candidates of one image, all proposals among them. */
  public static Candidates of(BackboneOutput output) {
    return of(output, 0);
  }

  /**
   * Gathers the candidates of one image. Gradients reach queries and posteriors, not boxes.
   *
   * @param output the backbone's answer for one image, without a batch axis
   * @param most how many proposals to keep, as {@link BackboneSpec#proposals} says; 0 for all
   */
  public static Candidates of(BackboneOutput output, int most) {
    return most == 0 || most >= output.boxes().getShape().get(0)
        ? gathered(output)
        : gathered(output.at(distinct(output, most)));
  }

  /**
   * Returns which proposals to keep, in order: those are left out that overlap a more probable one
   * most. By objectness if the backbone tells it, else in the backbone's order.
   */
  private static NDArray distinct(BackboneOutput output, int most) {
    NDManager manager = output.boxes().getManager();
    int count = (int) output.boxes().getShape().get(0);
    long[] order =
        output
            .entityLogits()
            .map(logits -> logits.get(new NDIndex(":,0")).neg().argSort().toLongArray())
            .orElseGet(() -> LongStream.range(0, count).toArray());
    NDArray boxes = output.boxes().stopGradient().clip(0, 1);
    float[] overlaps = BoxTensors.pairwiseIou(boxes, boxes).toFloatArray();
    float[] likeness = new float[count];
    for (int later = 1; later < count; later++) {
      int row = (int) order[later] * count;
      for (int earlier = 0; earlier < later; earlier++) {
        likeness[(int) order[later]] =
            Math.max(likeness[(int) order[later]], overlaps[row + (int) order[earlier]]);
      }
    }
    long[] kept =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparing(proposal -> likeness[proposal]))
            .limit(most)
            .mapToLong(Integer::longValue)
            .sorted()
            .toArray();
    return manager.create(kept).toDevice(boxes.getDevice(), false);
  }

  private static Candidates gathered(BackboneOutput output) {
    NDManager manager = output.boxes().getManager();
    NDArray proposals = output.boxes().stopGradient().clip(0, 1);
    NDArray priors = manager.create(PRIORS).toDevice(proposals.getDevice(), false);
    NDArray overlap = BoxTensors.pairwiseIou(priors, proposals);
    NDArray nearest = overlap.argMax(1).toType(DataType.INT64, false);
    NDArray iou = overlap.max(new int[] {1}, true);
    return new Candidates(
        proposals.concat(priors, 0),
        output.queries().map(queries -> withBorrowed(queries, nearest, iou)),
        output
            .classLogits()
            .map(logits -> withBorrowed(logits.getNDArrayInternal().sigmoid(), nearest, iou)));
  }

  /** Returns some of the candidates, by their positions. */
  public Candidates at(NDArray rows) {
    return new Candidates(
        boxes.get(rows), queries.map(all -> all.get(rows)), posteriors.map(all -> all.get(rows)));
  }

  private static NDArray withBorrowed(NDArray ofProposals, NDArray nearest, NDArray iou) {
    return ofProposals.concat(ofProposals.get(nearest).mul(iou), 0);
  }
}
