package io.deixis.engine.image;

import java.io.ByteArrayOutputStream;

/** Writes lossless WebP streams (RFC 9649, 3) of one colour that have more codes than any needs. */
final class LosslessWebp {

  /** Green and length, red, blue, alpha, distance. */
  private static final int CODES = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int pending;
  private int pendingBits;

  private LosslessWebp() {}

  /**
   * Returns a file whose picture is divided into blocks, all of which use the last of {@code
   * groups} groups of codes.
   *
   * @param groups 1 to 65,536
   */
  static byte[] file(int width, int height, int groups) {
    LosslessWebp stream = new LosslessWebp();
    stream.write(0x2F, 8);
    stream.write(width - 1, 14);
    stream.write(height - 1, 14);
    stream.write(0, 1 + 3 + 1 + 1); // no alpha, version, no transform, no cache of colours
    stream.write(1, 1); // groups of codes
    stream.write(7, 3); // for blocks of 512 pixels
    stream.write(0, 1); // no cache of colours
    stream.code(groups - 1 & 0xFF);
    stream.code(groups - 1 >> 8);
    stream.codes(CODES - 2);
    stream.codes(CODES * groups);
    stream.write(0, 64); // to the end of a byte, and what is looked ahead
    return HostileWebp.riff(HostileWebp.chunk("VP8L", stream.bytes.toByteArray()));
  }

  /** A code of one symbol, which takes no bits. */
  private void code(int symbol) {
    write(0b101, 3); // simple, one symbol, of 8 bits
    write(symbol, 8);
  }

  private void codes(int count) {
    for (int i = 0; i < count; i++) {
      write(0b0001, 4); // simple, one symbol, of one bit, 0
    }
  }

  private void write(long value, int bits) {
    for (int i = 0; i < bits; i++) {
      pending |= (int) (value >> i & 1) << pendingBits++;
      if (pendingBits == 8) {
        bytes.write(pending);
        pending = 0;
        pendingBits = 0;
      }
    }
  }
}
