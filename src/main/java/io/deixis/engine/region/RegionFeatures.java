package io.deixis.engine.region;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.torch.Scalars;

/**
 * Describes each candidate region by a vector: its appearance (RoIAlign of the feature maps,
 * projected), what proposed it (query vector and class posteriors, if the backbone has them), its
 * colours and its geometry. The layout follows from the backbone's description.
 *
 * @param backbone describes the maps
 */
public record RegionFeatures(BackboneSpec backbone) {

  private static final int COLOURS = 30;
  private static final int GEOMETRY = 32;
  private static final int COLOUR_GRID = 3;

  /** Pixels of the input, at most, along each side of a block whose mean colour is taken. */
  private static final int COLOUR_BLOCK = 8;

  private static final float[] FREQUENCIES = {1, 2, 4};

  /** Returns the length of the appearance vector before the projection. */
  public int appearanceSize() {
    return backbone.regions().pools().stream()
        .mapToInt(pool -> pool.cells() * pool.cells() * backbone.maps().get(pool.map()).channels())
        .sum();
  }

  /** Returns the length of the appearance vector after the projection. */
  public int projectedSize() {
    return backbone.regions().projection();
  }

  /** Returns the length of a region's whole description. */
  public int size() {
    return projectedSize() + backbone.querySize() + backbone.classes().size() + COLOURS + GEOMETRY;
  }

  /**
   * Returns the appearance of regions before the projection.
   *
   * @param output the backbone's answer for one image, without a batch axis
   * @param regions [N, 4], in normalised coordinates
   * @return [N, appearance]
   */
  public NDArray appearance(BackboneOutput output, NDArray regions) {
    NDList parts = new NDList();
    for (BackboneSpec.Pool pool : backbone.regions().pools()) {
      NDArray pooled = pool.enlarged() == 1 ? regions : RoiAlign.enlarged(regions, pool.enlarged());
      parts.add(RoiAlign.pool(output.maps().get(pool.map()), pooled, pool.cells()));
    }
    return NDArrays.concat(parts, 1);
  }

  /**
   * Returns the description of every candidate.
   *
   * @param image the backbone's input [3, height, width], RGB in [0, 1]
   * @param candidates N candidates of that image
   * @param projected their projected appearance [N, projection]
   * @return [N, size]
   */
  public NDArray describe(NDArray image, Candidates candidates, NDArray projected) {
    NDList parts = new NDList(projected);
    candidates.queries().ifPresent(parts::add);
    candidates
        .posteriors()
        .ifPresent(posteriors -> parts.add(posteriors.sqrt().mul(Scalars.of(projected, 2))));
    parts.add(colours(image, candidates.boxes()));
    parts.add(geometry(candidates.boxes()));
    return NDArrays.concat(parts, 1);
  }

  /** Mean colours in 3x3 cells and of the whole image, in [-1, 1]: [N, 30]. */
  private static NDArray colours(NDArray image, NDArray boxes) {
    long height = image.getShape().get(1);
    long width = image.getShape().get(2);
    long blockHeight = block(height);
    long blockWidth = block(width);
    long rows = height / blockHeight;
    long columns = width / blockWidth;
    NDArray small =
        image
            .reshape(new Shape(3, rows, blockHeight, columns, blockWidth))
            .sum(new int[] {2, 4})
            .mul(2f / (blockHeight * blockWidth))
            .sub(1);
    long count = boxes.getShape().get(0);
    NDArray whole =
        small
            .sum(new int[] {1, 2})
            .div(rows * columns)
            .expandDims(0)
            .broadcast(new Shape(count, 3));
    return RoiAlign.pool(small, boxes, COLOUR_GRID).concat(whole, 1);
  }

  /** Returns the largest block that divides a side. */
  private static long block(long side) {
    long block = COLOUR_BLOCK;
    while (side % block != 0) {
      block--;
    }
    return block;
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
