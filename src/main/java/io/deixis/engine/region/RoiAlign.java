package io.deixis.engine.region;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * RoIAlign (He et al., Mask R-CNN, 2017) in its exact form: a cell of a region is the average of
 * the map over the cell's area, not of a few sampled points. An average over a rectangle is
 * separable, so it is one matrix product of overlap weights with the map, in operators that every
 * engine has. Where no gradient is asked for, a CPU averages a large map sooner from a summed-area
 * table.
 */
public final class RoiAlign {

  /** A region narrower than this share of the image's side is averaged as if it were so wide. */
  static final float MIN_EXTENT = 1e-3f;

  /**
   * Cells of a map up to which the product is the faster of the two on a CPU: it takes some 3 ns
   * for each channel, cell of a region and 100 cells of the map, the table some 17 ns whatever the
   * map's size.
   */
  private static final int FEW_CELLS = 500;

  private RoiAlign() {}

  /**
   * Averages a map over regions.
   *
   * @param map [C, H, W]
   * @param regions [N, 4], xyxy in normalised coordinates, inside [0, 1]
   * @param grid cells along each side of a region
   * @return [N, grid * grid * C], cell after cell, rows of cells first; gradients flow to the map
   */
  public static NDArray pool(NDArray map, NDArray regions, int grid) {
    return map.getDevice().isGpu() || map.hasGradient() || cells(map) <= FEW_CELLS
        ? product(map, regions, grid)
        : AreaAverages.of(map, regions, grid);
  }

  private static long cells(NDArray map) {
    return map.getShape().get(1) * map.getShape().get(2);
  }

  /** The same in operators of the engine. */
  static NDArray product(NDArray map, NDArray regions, int grid) {
    Shape shape = map.getShape();
    long channels = shape.get(0);
    long height = shape.get(1);
    long width = shape.get(2);
    long count = regions.getShape().get(0);
    NDArray rows = overlaps(regions, 1, grid, height);
    NDArray columns = overlaps(regions, 0, grid, width);
    // [N, grid, 1, H, 1] * [N, 1, grid, 1, W]: how much each map cell counts in each region cell
    NDArray weights =
        rows.reshape(count, grid, 1, height, 1)
            .mul(columns.reshape(count, 1, grid, 1, width))
            .reshape(count * grid * grid, height * width);
    return weights
        .matMul(map.reshape(channels, height * width).transpose())
        .reshape(count, grid * grid * channels);
  }

  /** Returns [N, grid, size]: the share of each of {@code size} map cells in each region cell. */
  private static NDArray overlaps(NDArray regions, int axis, int grid, long size) {
    NDArray low = BoxTensors.column(regions, axis);
    NDArray extent = NDArrays.maximum(BoxTensors.column(regions, axis + 2).sub(low), MIN_EXTENT);
    NDArray step = extent.div(grid).expandDims(1);
    NDArray index =
        regions
            .getManager()
            .arange(0, grid, 1, DataType.FLOAT32)
            .toDevice(regions.getDevice(), false);
    NDArray start = low.expandDims(1).add(step.mul(index.expandDims(0))).mul(size).expandDims(2);
    NDArray end = start.add(step.mul(size).expandDims(2));
    NDArray cell =
        regions
            .getManager()
            .arange(0, (int) size, 1, DataType.FLOAT32)
            .toDevice(regions.getDevice(), false)
            .reshape(1, 1, size);
    NDArray overlap = NDArrays.minimum(end, cell.add(1)).sub(NDArrays.maximum(start, cell));
    NDArray covered = NDArrays.maximum(overlap, 0);
    return covered.div(NDArrays.maximum(covered.sum(new int[] {2}, true), 1e-6f));
  }

  /** Returns each region enlarged {@code factor} times about its centre and cut to the image. */
  public static NDArray enlarged(NDArray regions, float factor) {
    NDArray x1 = BoxTensors.column(regions, 0);
    NDArray y1 = BoxTensors.column(regions, 1);
    NDArray x2 = BoxTensors.column(regions, 2);
    NDArray y2 = BoxTensors.column(regions, 3);
    NDArray growX = x2.sub(x1).mul((factor - 1) / 2);
    NDArray growY = y2.sub(y1).mul((factor - 1) / 2);
    return NDArrays.stack(
            new NDList(x1.sub(growX), y1.sub(growY), x2.add(growX), y2.add(growY)), -1)
        .clip(0, 1);
  }
}
