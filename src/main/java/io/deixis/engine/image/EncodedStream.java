package io.deixis.engine.image;

import java.util.Arrays;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An encoded image in memory for its reader, which cannot read on when its time is over.
 *
 * <p>Some readers take the end of a stream for an endless row of bits. For them, enough zero bytes
 * for an honest look ahead stand behind the file, and reading on is an error.
 */
final class EncodedStream extends ImageInputStreamImpl {

  /** Bytes handed out at once: in some files a few thousand describe seconds of work. */
  private static final int PIECE = 512;

  private final byte[] bytes;
  private final int padding;
  private final DecodingTime time;

  /**
   * Opens a stream.
   *
   * @param padding zero bytes behind the file, after which reading is an error; 0 for a stream that
   *     simply ends
   */
  EncodedStream(byte[] bytes, int padding, DecodingTime time) {
    this.bytes = bytes;
    this.padding = padding;
    this.time = time;
  }

  @Override
  public int read() throws IIOException {
    bitOffset = 0;
    if (ended()) {
      return -1;
    }
    int at = (int) streamPos++;
    return at < bytes.length ? bytes[at] & 0xFF : 0;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IIOException {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    time.check();
    if (ended()) {
      return -1;
    }
    int read = (int) Math.min(Math.min(length, PIECE), end() - streamPos);
    int filled = (int) Math.max(0, Math.min(read, bytes.length - streamPos));
    if (filled > 0) {
      System.arraycopy(bytes, (int) streamPos, into, offset, filled);
    }
    Arrays.fill(into, offset + filled, offset + read, (byte) 0);
    streamPos += read;
    return read;
  }

  @Override
  public long length() {
    return padding > 0 ? -1 : bytes.length;
  }

  private boolean ended() throws IIOException {
    if (streamPos < end()) {
      return false;
    }
    if (padding > 0) {
      throw new IIOException("The picture's data ends before its last row");
    }
    return true;
  }

  private long end() {
    return (long) bytes.length + padding;
  }
}
