package io.deixis.engine.region;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.Backbone;
import io.deixis.engine.backbone.FeatureMaps;
import io.deixis.engine.torch.Scalars;

/**
 * Describes each candidate region by a vector of {@value #SIZE} numbers: its appearance (RoIAlign
 * of the feature maps, projected), what proposed it (query vector, class posteriors), its colours
 * and its geometry.
 */
public final class RegionFeatures {

  /** Length of the appearance vector before the projection. */
  public static final int APPEARANCE = 512 + 256 + 9 * 96 + 96 + 96;

  /** Length of the appearance vector after the projection. */
  public static final int PROJECTED = 512;

  /** Length of a region's whole description. */
  public static final int SIZE = PROJECTED + 96 + 80 + 30 + 32;

  private static final int GRID = 3;
  private static final float CONTEXT = 1.6f;
  private static final int COLOUR_SIZE = 52;
  private static final float[] FREQUENCIES = {1, 2, 4};

  private RegionFeatures() {}

  /**
   * Returns the appearance of regions before the projection.
   *
   * @param maps the backbone's answer for one image, without a batch axis
   * @param regions [N, 4], in units of the image's sides
   * @return [N, {@value #APPEARANCE}]
   */
  public static NDArray appearance(FeatureMaps maps, NDArray regions) {
    return NDArrays.concat(
        new NDList(
            RoiAlign.pool(maps.f16(), regions, 1),
            RoiAlign.pool(maps.f8(), regions, 1),
            RoiAlign.pool(maps.p16(), regions, GRID),
            RoiAlign.pool(maps.p32(), regions, 1),
            RoiAlign.pool(maps.p16(), RoiAlign.enlarged(regions, CONTEXT), 1)),
        1);
  }

  /**
   * Returns the description of every candidate.
   *
   * @param image the backbone's input [3, 416, 416]
   * @param candidates N candidates of that image
   * @param projected their projected appearance [N, {@value #PROJECTED}]
   * @return [N, {@value #SIZE}]
   */
  public static NDArray describe(NDArray image, Candidates candidates, NDArray projected) {
    return NDArrays.concat(
        new NDList(
            projected,
            candidates.queries(),
            candidates.posteriors().sqrt().mul(Scalars.of(projected, 2)),
            colours(image, candidates.boxes()),
            geometry(candidates.boxes())),
        1);
  }

  /** Mean colours in 3x3 cells and of the whole image, in [-1, 1]: [N, 30]. */
  private static NDArray colours(NDArray image, NDArray boxes) {
    int block = Backbone.INPUT_SIZE / COLOUR_SIZE;
    NDArray small =
        image
            .reshape(new Shape(3, COLOUR_SIZE, block, COLOUR_SIZE, block))
            .sum(new int[] {2, 4})
            .mul(2f / (block * block))
            .sub(1);
    long count = boxes.getShape().get(0);
    NDArray whole =
        small
            .sum(new int[] {1, 2})
            .div(COLOUR_SIZE * COLOUR_SIZE)
            .expandDims(0)
            .broadcast(new Shape(count, 3));
    return RoiAlign.pool(small, boxes, GRID).concat(whole, 1);
  }

  /** Edges, centre, area and aspect, and sines and cosines of centre and size: [N, 32]. */
  private static NDArray geometry(NDArray boxes) {
    NDArray size =
        NDArrays.maximum(boxes.get(new NDIndex(":,2:")).sub(boxes.get(new NDIndex(":,:2"))), 1e-3f);
    NDArray centre = boxes.get(new NDIndex(":,2:")).add(boxes.get(new NDIndex(":,:2"))).mul(0.5f);
    NDArray width = size.get(new NDIndex(":,0:1"));
    NDArray height = size.get(new NDIndex(":,1:2"));
    NDList parts =
        new NDList(boxes, centre, width.mul(height), width.log().sub(height.log()).mul(0.5f));
    NDArray centreAndSize = centre.concat(size, 1);
    for (float frequency : FREQUENCIES) {
      NDArray angle = centreAndSize.mul((float) Math.PI * frequency);
      parts.add(angle.sin());
      parts.add(angle.cos());
    }
    return NDArrays.concat(parts, 1);
  }
}
