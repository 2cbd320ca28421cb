package io.deixis.engine.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * Reads a decoded image row by row as 8-bit RGB on white.
 *
 * <p>Grey and RGB samples are taken as they are stored. {@link BufferedImage#getRGB} would treat
 * grey as linear light and brighten it.
 */
final class RgbRows {

  private final BufferedImage image;
  private final boolean sampled;

  RgbRows(BufferedImage image) {
    this.image = image;
    this.sampled = hasPlainSamples(image.getColorModel());
  }

  /** Writes row {@code y} into {@code rgb}, 3 bytes a pixel. */
  void read(int y, byte[] rgb) {
    if (sampled) {
      readSamples(y, rgb);
    } else {
      readArgb(y, rgb);
    }
  }

  private static boolean hasPlainSamples(ColorModel colours) {
    int space = colours.getColorSpace().getType();
    int type = colours.getTransferType();
    return colours instanceof ComponentColorModel
        && !colours.isAlphaPremultiplied()
        && (space == ColorSpace.TYPE_RGB || space == ColorSpace.TYPE_GRAY)
        && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
  }

  private void readSamples(int y, byte[] rgb) {
    Raster raster = image.getRaster();
    Object samples = raster.getDataElements(0, y, image.getWidth(), 1, null);
    int bands = raster.getNumBands();
    boolean grey = image.getColorModel().getNumColorComponents() == 1;
    boolean alpha = image.getColorModel().hasAlpha();
    for (int x = 0, i = 0; i < rgb.length; x += bands) {
      int opacity = alpha ? sample(samples, x + bands - 1) : 255;
      for (int band = 0; band < 3; band++) {
        rgb[i++] = onWhite(sample(samples, grey ? x : x + band), opacity);
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

  private void readArgb(int y, byte[] rgb) {
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
}
