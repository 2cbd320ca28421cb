package io.deixis.engine.image;

import java.nio.ByteBuffer;
import javax.imageio.IIOException;

/**
 * Walks the structure of one encoded image format from the first byte to its end mark, so that an
 * image cut short is refused rather than filled up with grey.
 */
interface Container {

  /**
   * Reads the layout and checks that the file is whole.
   *
   * @param bytes the encoded image, from position 0
   * @param limit asked as soon as a size is known, before anything else is read
   * @throws IIOException if the structure is broken
   * @throws java.nio.BufferUnderflowException if the bytes end too early
   * @throws io.deixis.grounding.GroundingException if the image declares too many pixels
   */
  ImageLayout read(ByteBuffer bytes, PixelLimit limit) throws IIOException;
}
