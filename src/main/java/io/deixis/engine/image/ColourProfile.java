package io.deixis.engine.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;

/**
 * The ICC profile of an RGB image whose reader does not apply it by itself, as the JDK's PNG reader
 * does not; turns colours into sRGB.
 */
final class ColourProfile {

  private static final int BANDS = 3;

  private final ColorConvertOp toSrgb;

  private ColourProfile(ICC_Profile profile) {
    toSrgb =
        new ColorConvertOp(
            new ICC_Profile[] {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null);
  }

  /** Samples a band in the trial of a profile. */
  private static final int STEPS = 6;

  /**
   * Reads a profile; empty if it says what sRGB says, if it is not one of RGB colours, or if it is
   * damaged, since a photo with a damaged profile is still a photo.
   */
  static Optional<ColourProfile> of(byte[] icc) {
    try {
      ICC_Profile profile = ICC_Profile.getInstance(icc);
      if (profile.getColorSpaceType() != ColorSpace.TYPE_RGB) {
        return Optional.empty();
      }
      ColourProfile colours = new ColourProfile(profile);
      // A damaged one is found out only when it is used.
      return colours.changes() ? Optional.of(colours) : Optional.empty();
    } catch (RuntimeException damaged) {
      return Optional.empty();
    }
  }

  /** Returns whether any colour of a grid becomes another by more than rounding. */
  private boolean changes() {
    byte[] grid = new byte[BANDS * STEPS * STEPS * STEPS];
    for (int i = 0; i < grid.length; i += BANDS) {
      int colour = i / BANDS;
      for (int band = 0; band < BANDS; band++) {
        grid[i + band] = (byte) (colour % STEPS * 255 / (STEPS - 1));
        colour /= STEPS;
      }
    }
    byte[] converted = grid.clone();
    apply(converted);
    for (int i = 0; i < grid.length; i++) {
      if (Math.abs((grid[i] & 0xFF) - (converted[i] & 0xFF)) > 1) {
        return true;
      }
    }
    return false;
  }

  /** Turns {@code rgb}, 3 bytes a pixel, into sRGB, in place. */
  void apply(byte[] rgb) {
    WritableRaster row =
        Raster.createInterleavedRaster(
            new DataBufferByte(rgb, rgb.length),
            rgb.length / BANDS,
            1,
            rgb.length,
            BANDS,
            new int[] {0, 1, 2},
            null);
    WritableRaster converted =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, rgb.length / BANDS, 1, BANDS, null);
    toSrgb.filter(row, converted);
    System.arraycopy(((DataBufferByte) converted.getDataBuffer()).getData(), 0, rgb, 0, rgb.length);
  }
}
