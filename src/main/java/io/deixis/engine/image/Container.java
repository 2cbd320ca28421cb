package io.deixis.engine.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import javax.imageio.IIOException;

/**
 * One encoded image format: walks the structure of a file from the first byte to its end mark, so
 * that an image cut short is refused rather than filled up with grey, and reads its pixels.
 */
interface Container {

  /**
   * Reads the layout and checks that the file is whole.
   *
   * @param bytes the encoded image, from position 0
   * @param limit asked as soon as a size is known, before anything else is read
   * @throws IIOException if the structure is broken
   * @throws BufferUnderflowException if the bytes end too early
   * @throws io.deixis.grounding.GroundingException if the image declares too many pixels
   */
  ImageLayout read(ByteBuffer bytes, PixelLimit limit) throws IIOException;

  /**
   * Reads the pixels of the layout's frame, as stored.
   *
   * @param encoded the image whose layout was read
   * @param time asked again and again while the work goes on
   * @throws IOException if the picture is broken; readers also throw exceptions of other kinds
   */
  BufferedImage pixels(byte[] encoded, ImageLayout layout, DecodingTime time) throws IOException;

  /**
   * Returns the next {@code length} bytes as a buffer of the same byte order, and moves past them.
   *
   * @throws BufferUnderflowException if fewer are left
   */
  static ByteBuffer take(ByteBuffer bytes, long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer slice = bytes.slice(bytes.position(), (int) length).order(bytes.order());
    bytes.position(bytes.position() + (int) length);
    return slice;
  }

  /** Returns a copy of what is left in {@code bytes}. */
  static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }
}
