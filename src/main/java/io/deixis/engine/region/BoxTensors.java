package io.deixis.engine.region;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import io.deixis.engine.torch.Scalars;

/** Arithmetic on boxes as tensors [..., 4] of xyxy. */
public final class BoxTensors {

  private static final float EPSILON = 1e-7f;

  private BoxTensors() {}

  /** Returns column {@code index} (0 to 3) of boxes [..., 4] as [...]. */
  public static NDArray column(NDArray boxes, int index) {
    return boxes.get(new NDIndex("...,{}", index));
  }

  /**
   * Returns the IoU of every pair.
   *
   * @param a boxes [N, 4]
   * @param b boxes [M, 4]
   * @return [N, M] in [0, 1]
   */
  public static NDArray pairwiseIou(NDArray a, NDArray b) {
    return iou(a.expandDims(1), b.expandDims(0));
  }

  /** Returns the IoU of boxes [..., 4] with boxes [..., 4], axes broadcast, as [...]. */
  public static NDArray iou(NDArray a, NDArray b) {
    NDArray intersection = intersection(a, b);
    NDArray union = area(a).add(area(b)).sub(intersection);
    return intersection.div(union.add(EPSILON));
  }

  /**
   * Returns the generalised IoU (Rezatofighi et al., CVPR 2019) of boxes [..., 4] with boxes [...,
   * 4], axes broadcast, as [...] in [-1, 1].
   */
  public static NDArray generalisedIou(NDArray a, NDArray b) {
    NDArray intersection = intersection(a, b);
    NDArray union = area(a).add(area(b)).sub(intersection);
    NDArray hullWidth =
        NDArrays.maximum(column(a, 2), column(b, 2))
            .sub(NDArrays.minimum(column(a, 0), column(b, 0)));
    NDArray hullHeight =
        NDArrays.maximum(column(a, 3), column(b, 3))
            .sub(NDArrays.minimum(column(a, 1), column(b, 1)));
    NDArray hull = hullWidth.mul(hullHeight);
    return intersection.div(union.add(EPSILON)).sub(hull.sub(union).div(hull.add(EPSILON)));
  }

  /**
   * Applies regression offsets, as Faster R-CNN does (Ren et al., 2015): the centre moves by {@code
   * dx, dy} in units of the box's size, the size is multiplied by {@code exp(dw), exp(dh)}; all
   * offsets are clamped to [-1, 1].
   *
   * @param boxes [..., 4]
   * @param deltas [..., 4]: dx, dy, dw, dh
   * @return [..., 4], axes broadcast
   */
  public static NDArray refine(NDArray boxes, NDArray deltas) {
    NDArray half = Scalars.of(deltas, 0.5f);
    NDArray offsets = deltas.clip(-1, 1);
    NDArray width = column(boxes, 2).sub(column(boxes, 0));
    NDArray height = column(boxes, 3).sub(column(boxes, 1));
    NDArray cx = column(boxes, 0).add(width.mul(half)).add(column(offsets, 0).mul(width));
    NDArray cy = column(boxes, 1).add(height.mul(half)).add(column(offsets, 1).mul(height));
    NDArray halfWidth = column(offsets, 2).exp().mul(width).mul(half);
    NDArray halfHeight = column(offsets, 3).exp().mul(height).mul(half);
    return NDArrays.stack(
        new NDList(cx.sub(halfWidth), cy.sub(halfHeight), cx.add(halfWidth), cy.add(halfHeight)),
        -1);
  }

  private static NDArray area(NDArray boxes) {
    return column(boxes, 2).sub(column(boxes, 0)).mul(column(boxes, 3).sub(column(boxes, 1)));
  }

  private static NDArray intersection(NDArray a, NDArray b) {
    NDArray width =
        NDArrays.minimum(column(a, 2), column(b, 2))
            .sub(NDArrays.maximum(column(a, 0), column(b, 0)));
    NDArray height =
        NDArrays.minimum(column(a, 3), column(b, 3))
            .sub(NDArrays.maximum(column(a, 1), column(b, 1)));
    NDArray zero = Scalars.of(width, 0);
    return NDArrays.maximum(width, zero).mul(NDArrays.maximum(height, zero));
  }
}
