package io.deixis.engine.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Cuts pieces off a buffer, never past its end. */
final class Slices {

  private Slices() {}

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
