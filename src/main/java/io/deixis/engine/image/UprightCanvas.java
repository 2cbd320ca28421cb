package io.deixis.engine.image;

import java.util.Arrays;

/** A white sheet on which stored rows are laid in their upright place. */
final class UprightCanvas {

  private final int width;
  private final int height;
  private final byte[] rgb;

  /** Index of the stored pixel (0, 0), and the steps to its right and lower neighbours. */
  private final int origin;

  private final int stepX;
  private final int stepY;

  /**
   * Creates the white sheet.
   *
   * @param storedWidth width before orientation
   * @param storedHeight height before orientation
   */
  UprightCanvas(int storedWidth, int storedHeight, Orientation orientation) {
    width = orientation.transposed ? storedHeight : storedWidth;
    height = orientation.transposed ? storedWidth : storedHeight;
    rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 0xFF);

    int strideX = orientation.transposed ? 3 * width : 3;
    int strideY = orientation.transposed ? 3 : 3 * width;
    origin =
        (orientation.columnsReversed ? (storedWidth - 1) * strideX : 0)
            + (orientation.rowsReversed ? (storedHeight - 1) * strideY : 0);
    stepX = orientation.columnsReversed ? -strideX : strideX;
    stepY = orientation.rowsReversed ? -strideY : strideY;
  }

  /**
   * Lays {@code pixels} pixels of a stored row, which must fit.
   *
   * @param x stored column of the first one
   * @param y stored row
   * @param row RGB, 3 bytes a pixel
   */
  void put(int x, int y, byte[] row, int pixels) {
    int target = origin + x * stepX + y * stepY;
    if (stepX == 3) {
      System.arraycopy(row, 0, rgb, target, 3 * pixels);
      return;
    }
    for (int i = 0; i < 3 * pixels; i += 3) {
      rgb[target] = row[i];
      rgb[target + 1] = row[i + 1];
      rgb[target + 2] = row[i + 2];
      target += stepX;
    }
  }

  /** Returns the picture; the sheet is not to be used afterwards. */
  UprightImage image() {
    return new UprightImage(width, height, rgb);
  }
}
