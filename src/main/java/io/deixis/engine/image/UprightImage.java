package io.deixis.engine.image;

import io.deixis.geometry.Sized;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * A decoded photo as a person sees it: orientation applied, alpha composed on white.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param rgb {@code 3 * width * height} bytes, row by row from the top, red, green and blue of each
 *     pixel in 0..255; neither copied in nor out, so not to be changed
 */
public record UprightImage(int width, int height, byte[] rgb) implements Sized {

  /**
   * Checks that the sizes agree.
   *
   * @throws IllegalArgumentException if a side is below 1 or {@code rgb} has another length
   */
  public UprightImage {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "An image of " + width + "x" + height + " cannot have " + rgb.length + " bytes");
    }
  }

  /**
   * Returns this image reduced by area averages so that each side is less than twice its target,
   * which lets a bilinear resize to the target follow without aliasing. See {@link AreaReduction}
   * for the exact size; an image less than twice as large as the target in both axes is returned
   * itself.
   *
   * @param targetWidth the width that will be resized to, at least 1
   * @param targetHeight the height that will be resized to, at least 1
   */
  public UprightImage reducedFor(int targetWidth, int targetHeight) {
    return AreaReduction.forTarget(width, height, targetWidth, targetHeight).apply(this);
  }

  /** Returns a copy that Java draws and writes. */
  public BufferedImage buffered() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < rgb.length; i += 3) {
      bgr[i] = rgb[i + 2];
      bgr[i + 1] = rgb[i + 1];
      bgr[i + 2] = rgb[i];
    }
    return image;
  }
}
