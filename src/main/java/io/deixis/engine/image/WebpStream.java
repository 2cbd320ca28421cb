package io.deixis.engine.image;

import java.util.Arrays;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A WebP file for its reader, which looks ahead of what it decodes, and which takes the end of a
 * stream for an endless row of bits. Behind the file stand enough zero bytes for an honest look
 * ahead; reading on is an error.
 */
final class WebpStream extends ImageInputStreamImpl {

  /** The reader looks 8 bytes ahead. */
  private static final int PADDING = 16;

  private final byte[] bytes;

  WebpStream(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IIOException {
    bitOffset = 0;
    requireMore();
    int at = (int) streamPos++;
    return at < bytes.length ? bytes[at] & 0xFF : 0;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IIOException {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    requireMore();
    int read = (int) Math.min(length, end() - streamPos);
    int filled = (int) Math.max(0, Math.min(read, bytes.length - streamPos));
    if (filled > 0) {
      System.arraycopy(bytes, (int) streamPos, into, offset, filled);
    }
    Arrays.fill(into, offset + filled, offset + read, (byte) 0);
    streamPos += read;
    return read;
  }

  private void requireMore() throws IIOException {
    if (streamPos >= end()) {
      throw new IIOException("The picture's data ends before its last row");
    }
  }

  private long end() {
    return (long) bytes.length + PADDING;
  }
}
