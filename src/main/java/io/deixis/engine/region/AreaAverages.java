package io.deixis.engine.region;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;

/**
 * Averages of a map over rectangles from its summed-area table (Crow, SIGGRAPH 1984): the sum over
 * a rectangle is that of the table at its four corners, and the table at a point within a cell is
 * interpolated between the cell's corners, which is exact for a map that is constant in each cell.
 * So a rectangle costs the same however large it is. For one thread.
 */
final class AreaAverages {

  private static final double MIN_COVERED = 1e-6;

  private final int width;
  private final int height;
  private final int grid;
  private final Edges columns;
  private final Edges rows;
  private final float[] cells;
  private final double[] table;
  private final float[] averages;

  private AreaAverages(int width, int height, float[] regions, int grid) {
    this.width = width;
    this.height = height;
    this.grid = grid;
    this.columns = Edges.of(regions, 0, grid, width);
    this.rows = Edges.of(regions, 1, grid, height);
    this.cells = new float[width * height];
    this.table = new double[(width + 1) * (height + 1)];
    this.averages = new float[regions.length / 4 * grid * grid];
  }

  /**
   * Where the cells of regions begin and end along one axis: {@code grid + 1} edges for each
   * region.
   *
   * @param cell the map's cell that an edge lies in
   * @param within how far within it, in [0, 1]
   * @param covered what each of the {@code grid} parts covers of the map, in its cells
   */
  private record Edges(int[] cell, double[] within, double[] covered) {

    static Edges of(float[] regions, int axis, int grid, int size) {
      int count = regions.length / 4;
      Edges edges =
          new Edges(
              new int[count * (grid + 1)],
              new double[count * (grid + 1)],
              new double[count * grid]);
      for (int n = 0; n < count; n++) {
        float low = regions[4 * n + axis];
        float step = Math.max(regions[4 * n + axis + 2] - low, RoiAlign.MIN_EXTENT) / grid;
        double before = 0;
        for (int e = 0; e <= grid; e++) {
          double at = Math.min(size, Math.max(0, (low + (double) step * e) * size));
          int cell = Math.min(size - 1, (int) at);
          edges.cell[n * (grid + 1) + e] = cell;
          edges.within[n * (grid + 1) + e] = at - cell;
          if (e > 0) {
            edges.covered[n * grid + e - 1] = Math.max(at - before, MIN_COVERED);
          }
          before = at;
        }
      }
      return edges;
    }
  }

  /** Averages a map, as {@link RoiAlign#pool} says. */
  static NDArray of(NDArray map, NDArray regions, int grid) {
    Shape shape = map.getShape();
    int channels = (int) shape.get(0);
    float[] boxes = regions.toFloatArray();
    AreaAverages averages = new AreaAverages((int) shape.get(2), (int) shape.get(1), boxes, grid);
    int count = boxes.length / 4;
    NDArray pooled =
        regions
            .getManager()
            .create(new Shape(channels, (long) count * grid * grid), DataType.FLOAT32);
    FloatBuffer values = map.toByteBuffer(true).asFloatBuffer();
    FloatBuffer results = pooled.toByteBuffer(true).asFloatBuffer();
    for (int channel = 0; channel < channels; channel++) {
      values.get(averages.cells);
      averages.sum();
      results.put(averages.average());
    }
    return pooled.transpose().reshape(count, (long) grid * grid * channels);
  }

  /** Makes the table: what stands left of and above each corner of a cell. */
  private void sum() {
    int stride = width + 1;
    for (int y = 0; y < height; y++) {
      double row = 0;
      int above = y * stride + 1;
      for (int x = 0; x < width; x++) {
        row += cells[y * width + x];
        table[above + stride + x] = table[above + x] + row;
      }
    }
  }

  /** Returns the averages over the cells of all regions, from the table. */
  private float[] average() {
    int count = rows.covered.length / grid;
    int target = 0;
    for (int n = 0; n < count; n++) {
      for (int y = 0; y < grid; y++) {
        int top = n * (grid + 1) + y;
        double tall = rows.covered[n * grid + y];
        for (int x = 0; x < grid; x++) {
          int left = n * (grid + 1) + x;
          double sum =
              at(left + 1, top + 1) - at(left, top + 1) - at(left + 1, top) + at(left, top);
          averages[target++] = (float) (sum / (columns.covered[n * grid + x] * tall));
        }
      }
    }
    return averages;
  }

  /** Returns the table where an edge of columns crosses one of rows. */
  private double at(int column, int row) {
    int corner = rows.cell[row] * (width + 1) + columns.cell[column];
    double right = columns.within[column];
    double above = table[corner] + (table[corner + 1] - table[corner]) * right;
    int under = corner + width + 1;
    double below = table[under] + (table[under + 1] - table[under]) * right;
    return above + (below - above) * rows.within[row];
  }
}
