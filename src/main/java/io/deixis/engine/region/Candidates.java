package io.deixis.engine.region;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.deixis.engine.backbone.BackboneOutput;
import java.util.Optional;

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

  /**
   * Gathers the candidates of one image. Gradients reach queries and posteriors, not boxes.
   *
   * @param output the backbone's answer for one image, without a batch axis
   */
  public static Candidates of(BackboneOutput output) {
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
