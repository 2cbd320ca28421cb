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
  private final Corners corners;
  private final double[] areas;
  private final float[] map;
  private final double[] table;
  private final double[] sums;
  private final float[] averages;

  private AreaAverages(int width, int height, float[] regions, int grid) {
    this.width = width;
    this.height = height;
    this.grid = grid;
    Edges columns = Edges.of(regions, 0, grid, width);
    Edges rows = Edges.of(regions, 1, grid, height);
    this.corners = Corners.of(columns, rows, grid, width + 1);
    this.areas = areas(columns, rows, grid);
    this.map = new float[width * height];
    this.table = new double[(width + 1) * (height + 1)];
    this.sums = new double[corners.place.length];
    this.averages = new float[areas.length];
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

  /**
   * Where edges of columns cross edges of rows: {@code (grid + 1) * (grid + 1)} corners for each
   * region, row by row.
   *
   * @param place of the table that is left of and above a corner
   * @param right how far it lies right of that place, in [0, 1]
   * @param below how far below
   */
  private record Corners(int[] place, double[] right, double[] below) {

    static Corners of(Edges columns, Edges rows, int grid, int stride) {
      int edges = grid + 1;
      int count = columns.cell.length * edges;
      Corners corners = new Corners(new int[count], new double[count], new double[count]);
      for (int corner = 0; corner < count; corner++) {
        int row = corner / edges;
        int column = row / edges * edges + corner % edges;
        corners.place[corner] = rows.cell[row] * stride + columns.cell[column];
        corners.right[corner] = columns.within[column];
        corners.below[corner] = rows.within[row];
      }
      return corners;
    }
  }

  /** What each cell of a region covers of the map. */
  private static double[] areas(Edges columns, Edges rows, int grid) {
    double[] areas = new double[columns.covered.length * grid];
    for (int cell = 0; cell < areas.length; cell++) {
      int row = cell / grid;
      areas[cell] = rows.covered[row] * columns.covered[row / grid * grid + cell % grid];
    }
    return areas;
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
      values.get(averages.map);
      averages.tabulate();
      averages.sum();
      averages.average();
      results.put(averages.averages);
    }
    return pooled.transpose().reshape(count, (long) grid * grid * channels);
  }

  /** Makes the table: what stands left of and above each corner of the map's cells. */
  private void tabulate() {
    int stride = width + 1;
    for (int y = 0; y < height; y++) {
      double row = 0;
      int above = y * stride + 1;
      for (int x = 0; x < width; x++) {
        row += map[y * width + x];
        table[above + stride + x] = table[above + x] + row;
      }
    }
  }

  /** Interpolates the table at the corners of regions' cells. */
  private void sum() {
    int under = width + 1;
    for (int corner = 0; corner < sums.length; corner++) {
      int place = corners.place[corner];
      double right = corners.right[corner];
      double upper = table[place] + (table[place + 1] - table[place]) * right;
      place += under;
      double lower = table[place] + (table[place + 1] - table[place]) * right;
      sums[corner] = upper + (lower - upper) * corners.below[corner];
    }
  }

  /** Averages each cell of a region from the sums at its corners. */
  private void average() {
    int edges = grid + 1;
    int cell = 0;
    for (int row = 0; row < areas.length / grid; row++) {
      int upper = (row / grid * edges + row % grid) * edges;
      int lower = upper + edges;
      for (int x = 0; x < grid; x++) {
        double sum = sums[lower + x + 1] - sums[upper + x + 1] - sums[lower + x] + sums[upper + x];
        averages[cell] = (float) (sum / areas[cell]);
        cell++;
      }
    }
  }
}
