package io.deixis.engine.image;

import java.util.Arrays;

/**
 * Makes an image smaller by averaging rectangles of pixels.
 *
 * <p>With factors {@code fx} and {@code fy} the result is {@code ceil(width / fx)} by {@code
 * ceil(height / fy)}. Column {@code i} of the {@code n} result columns averages the source columns
 * from {@code floor(i * width / n)} up to but not including {@code floor((i + 1) * width / n)};
 * rows alike. Where the factor divides the side, that is the plain box average; where it does not,
 * some boxes are narrower than {@code fx}, so that the scale stays {@code n / width} from edge to
 * edge and a box keeps its relative position.
 *
 * @param factorX most source columns of one result column, at least 1
 * @param factorY most source rows of one result row, at least 1
 */
record AreaReduction(int factorX, int factorY) {

  /**
   * Returns the reduction by {@code floor(side / target)}, at least 1, for each axis by itself.
   *
   * @throws IllegalArgumentException if a target is below 1
   */
  static AreaReduction forTarget(int width, int height, int targetWidth, int targetHeight) {
    if (targetWidth < 1 || targetHeight < 1) {
      throw new IllegalArgumentException(
          "A target needs at least one pixel, not " + targetWidth + "x" + targetHeight);
    }
    return new AreaReduction(Math.max(1, width / targetWidth), Math.max(1, height / targetHeight));
  }

  /** Returns the reduced image, or {@code image} itself if both factors are 1. */
  UprightImage apply(UprightImage image) {
    if (factorX == 1 && factorY == 1) {
      return image;
    }
    int[] columns = edges(image.width(), factorX);
    int[] rows = edges(image.height(), factorY);
    int width = columns.length - 1;
    int height = rows.length - 1;
    byte[] reduced = new byte[3 * width * height];
    int[] sums = new int[3 * width];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 0);
      for (int row = rows[y]; row < rows[y + 1]; row++) {
        addRow(image, row, columns, sums);
      }
      writeMeans(sums, columns, rows[y + 1] - rows[y], reduced, 3 * width * y);
    }
    return new UprightImage(width, height, reduced);
  }

  private static void addRow(UprightImage image, int row, int[] columns, int[] sums) {
    byte[] rgb = image.rgb();
    int source = 3 * image.width() * row;
    for (int x = 0; x + 1 < columns.length; x++) {
      int red = 0;
      int green = 0;
      int blue = 0;
      for (int column = columns[x]; column < columns[x + 1]; column++) {
        red += rgb[source] & 0xFF;
        green += rgb[source + 1] & 0xFF;
        blue += rgb[source + 2] & 0xFF;
        source += 3;
      }
      sums[3 * x] += red;
      sums[3 * x + 1] += green;
      sums[3 * x + 2] += blue;
    }
  }

  private static void writeMeans(int[] sums, int[] columns, int rows, byte[] to, int offset) {
    for (int x = 0; x + 1 < columns.length; x++) {
      int pixels = rows * (columns[x + 1] - columns[x]);
      for (int band = 0; band < 3; band++) {
        to[offset + 3 * x + band] = (byte) ((sums[3 * x + band] + pixels / 2) / pixels);
      }
    }
  }

  /** Returns where each result cell starts, and the end of the last. */
  private static int[] edges(int side, int factor) {
    int cells = (side + factor - 1) / factor;
    int[] edges = new int[cells + 1];
    for (int i = 0; i <= cells; i++) {
      edges[i] = (int) ((long) i * side / cells);
    }
    return edges;
  }
}
