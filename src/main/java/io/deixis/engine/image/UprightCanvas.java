package io.deixis.engine.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
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
   * Lays an image on the sheet, as 8-bit RGB on white. Grey and RGB samples are taken as they are
   * stored; {@link BufferedImage#getRGB} would treat grey as linear light and brighten it.
   *
   * @param layout where the image lies, and the profile of its colours
   */
  void draw(BufferedImage image, ImageLayout layout) {
    boolean sampled = hasPlainSamples(image.getColorModel());
    byte[] row = new byte[3 * image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      if (sampled) {
        readSamples(image, y, row);
      } else {
        readArgb(image, y, row);
      }
      layout.colours().ifPresent(colours -> colours.apply(row));
      put(layout.frame().x(), layout.frame().y() + y, row, image.getWidth());
    }
  }

  /**
   * Lays {@code pixels} pixels of a stored row, which must fit.
   *
   * @param x stored column of the first one
   * @param y stored row
   * @param row RGB, 3 bytes a pixel
   */
  private void put(int x, int y, byte[] row, int pixels) {
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

  private static boolean hasPlainSamples(ColorModel colours) {
    int space = colours.getColorSpace().getType();
    int type = colours.getTransferType();
    return colours instanceof ComponentColorModel
        && (space == ColorSpace.TYPE_RGB || space == ColorSpace.TYPE_GRAY)
        && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
  }

  private static void readSamples(BufferedImage image, int y, byte[] rgb) {
    Raster raster = image.getRaster();
    Object samples = raster.getDataElements(0, y, image.getWidth(), 1, null);
    int bands = raster.getNumBands();
    boolean grey = image.getColorModel().getNumColorComponents() == 1;
    boolean alpha = image.getColorModel().hasAlpha();
    boolean premultiplied = image.isAlphaPremultiplied();
    for (int x = 0, i = 0; i < rgb.length; x += bands) {
      int opacity = alpha ? sample(samples, x + bands - 1) : 255;
      for (int band = 0; band < 3; band++) {
        int value = sample(samples, grey ? x : x + band);
        rgb[i++] =
            premultiplied ? (byte) Math.min(255, value + 255 - opacity) : onWhite(value, opacity);
      }
    }
  }

  private static int sample(Object samples, int index) {
    if (samples instanceof byte[] bytes) {
      return bytes[index] & 0xFF;
    }
    int value = ((short[]) samples)[index] & 0xFFFF;
    return (value + 128) / 257;
  }

  private static void readArgb(BufferedImage image, int y, byte[] rgb) {
    int[] argb = image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
    for (int x = 0, i = 0; x < argb.length; x++) {
      int opacity = argb[x] >>> 24;
      rgb[i++] = onWhite(argb[x] >> 16 & 0xFF, opacity);
      rgb[i++] = onWhite(argb[x] >> 8 & 0xFF, opacity);
      rgb[i++] = onWhite(argb[x] & 0xFF, opacity);
    }
  }

  private static byte onWhite(int value, int opacity) {
    return (byte) (opacity == 255 ? value : (value * opacity + 255 * (255 - opacity) + 127) / 255);
  }

  /** Returns the picture; the sheet is not to be used afterwards. */
  UprightImage image() {
    return new UprightImage(width, height, rgb);
  }
}
