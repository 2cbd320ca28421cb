package io.deixis.engine.image;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import javax.imageio.IIOException;

/**
 * How many pixels an image may declare.
 *
 * @param pixels most width times height
 */
record PixelLimit(long pixels) {

  /** For an image whose size was checked before. */
  static final PixelLimit NONE = new PixelLimit(Long.MAX_VALUE);

  /**
   * Checks a declared size; containers call it as soon as they know one.
   *
   * @throws IIOException if a side is below 1
   * @throws GroundingException if there are more pixels than allowed
   */
  void check(long width, long height) throws IIOException {
    if (width < 1 || height < 1) {
      throw new IIOException("The image declares " + width + "x" + height + " pixels");
    }
    if (height > pixels / width) {
      throw new GroundingException(
          Reason.IMAGE_TOO_MANY_PIXELS,
          ImageDecoder.FIELD,
          "The image has %dx%d pixels, more than the %d allowed".formatted(width, height, pixels),
          "send a smaller one");
    }
  }
}
