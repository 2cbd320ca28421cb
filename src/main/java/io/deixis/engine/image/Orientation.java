package io.deixis.engine.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How stored rows and columns lie in the upright picture: EXIF 2.32, tag 0112, values 1 to 8.
 *
 * <p>Only that tag of the first directory is looked at, in place: whatever else a block holds, such
 * as directories that lead into each other, costs neither memory nor time.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  HALF_TURN(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  QUARTER_TURN_RIGHT(true, false, true),
  TRANSVERSED(true, true, true),
  QUARTER_TURN_LEFT(true, true, false);

  private static final int BIG_ENDIAN = 0x4D4D;
  private static final int LITTLE_ENDIAN = 0x4949;
  private static final int TIFF_HEADER_BYTES = 8;
  private static final int ENTRY_BYTES = 12;
  private static final int TAG = 0x0112;
  private static final int TYPE_BYTE = 1;
  private static final int TYPE_SHORT = 3;
  private static final int TYPE_LONG = 4;

  /** Whether stored rows are upright columns. */
  final boolean transposed;

  /** Whether stored columns run against the upright axis they lie on. */
  final boolean columnsReversed;

  /** Whether stored rows run against the upright axis they lie on. */
  final boolean rowsReversed;

  Orientation(boolean transposed, boolean columnsReversed, boolean rowsReversed) {
    this.transposed = transposed;
    this.columnsReversed = columnsReversed;
    this.rowsReversed = rowsReversed;
  }

  /**
   * Returns what an EXIF block says; upright if it says nothing that can be read, since a photo
   * with damaged metadata is still a photo.
   *
   * @param exif the block, from its TIFF header on
   */
  static Orientation of(byte[] exif) {
    long value = exif.length < TIFF_HEADER_BYTES ? 0 : value(ByteBuffer.wrap(exif));
    return value < 1 || value > values().length ? UPRIGHT : values()[(int) value - 1];
  }

  /** Returns the tag's value, or 0 if it cannot be read. */
  private static long value(ByteBuffer exif) {
    int order = Short.toUnsignedInt(exif.getShort(0));
    if (order != BIG_ENDIAN && order != LITTLE_ENDIAN) {
      return 0;
    }
    exif.order(order == BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long directory = Integer.toUnsignedLong(exif.getInt(4));
    if (directory + 2 > exif.capacity()) {
      return 0;
    }
    int entries = Short.toUnsignedInt(exif.getShort((int) directory));
    long entry = directory + 2;
    for (int i = 0; i < entries && entry + ENTRY_BYTES <= exif.capacity(); i++) {
      if (Short.toUnsignedInt(exif.getShort((int) entry)) == TAG) {
        return value(exif, (int) entry);
      }
      entry += ENTRY_BYTES;
    }
    return 0;
  }

  private static long value(ByteBuffer exif, int entry) {
    return switch (Short.toUnsignedInt(exif.getShort(entry + 2))) {
      case TYPE_BYTE -> Byte.toUnsignedInt(exif.get(entry + 8));
      case TYPE_SHORT -> Short.toUnsignedInt(exif.getShort(entry + 8));
      case TYPE_LONG -> Integer.toUnsignedLong(exif.getInt(entry + 8));
      default -> 0;
    };
  }
}
