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

  /**
   * Reads a profile; empty if it is damaged or not one of RGB colours, since a photo with a damaged
   * profile is still a photo.
   */
  static Optional<ColourProfile> of(byte[] icc) {
    try {
      ICC_Profile profile = ICC_Profile.getInstance(icc);
      if (profile.getColorSpaceType() != ColorSpace.TYPE_RGB) {
        return Optional.empty();
      }
      ColourProfile colours = new ColourProfile(profile);
      colours.apply(new byte[BANDS]); // a damaged one is found out only when it is used
      return Optional.of(colours);
    } catch (RuntimeException damaged) {
      return Optional.empty();
    }
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
