package io.deixis.engine.image;

import javax.imageio.stream.ImageInputStreamImpl;

/** An encoded image in memory for its reader, which cannot read on when its time is over. */
final class EncodedStream extends ImageInputStreamImpl {

  /** Bytes handed out at once: in some files a few thousand describe seconds of work. */
  private static final int PIECE = 512;

  private final byte[] bytes;
  private final DecodingTime time;

  EncodedStream(byte[] bytes, DecodingTime time) {
    this.bytes = bytes;
    this.time = time;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    time.check();
    if (streamPos >= bytes.length) {
      return -1;
    }
    int read = (int) Math.min(Math.min(length, PIECE), bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, into, offset, read);
    streamPos += read;
    return read;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
