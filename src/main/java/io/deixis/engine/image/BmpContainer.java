package io.deixis.engine.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import javax.imageio.IIOException;

/** BMP: the bitmap headers of Windows and OS/2. */
final class BmpContainer implements Container {

  private static final int FILE_HEADER_BYTES = 14;
  private static final int OS2_HEADER_BYTES = 12;

  private static final int V5_HEADER_BYTES = 124;

  /** Where the number of colours and the place of the profile stand in the file. */
  private static final int COLOURS_AT = FILE_HEADER_BYTES + 32;

  private static final int PROFILE_AT = FILE_HEADER_BYTES + 112;

  private static final int UNCOMPRESSED = 0;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int BITFIELDS = 3;

  @Override
  public ImageLayout read(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    long fileBytes = Integer.toUnsignedLong(bytes.getInt(2));
    long pixelsAt = Integer.toUnsignedLong(bytes.getInt(10));
    int headerBytes = bytes.getInt(FILE_HEADER_BYTES);
    bytes.position(FILE_HEADER_BYTES + 4);

    boolean os2 = headerBytes == OS2_HEADER_BYTES;
    long width = os2 ? Short.toUnsignedLong(bytes.getShort()) : bytes.getInt();
    // A negative height means that the rows run from the top.
    long height = os2 ? Short.toUnsignedLong(bytes.getShort()) : Math.abs((long) bytes.getInt());
    limit.check(width, height);

    bytes.getShort(); // colour planes
    int bitsPerPixel = Short.toUnsignedInt(bytes.getShort());
    int compression = os2 ? UNCOMPRESSED : bytes.getInt();
    long needed =
        switch (compression) {
          case UNCOMPRESSED, BITFIELDS -> pixelsAt + rowBytes(width, bitsPerPixel) * height;
          case RLE4, RLE8 -> fileBytes;
          default -> throw new IIOException("BMP compression " + compression + " is not read here");
        };
    if (needed > bytes.capacity() || pixelsAt > bytes.capacity()) {
      throw new IIOException("The BMP ends before its last row");
    }
    checkPalette(bytes, headerBytes, bitsPerPixel);
    checkProfile(bytes, headerBytes);
    return ImageLayout.filled((int) width, (int) height, Optional.empty());
  }

  /** The reader makes room for as many colours as are declared, before it reads one. */
  private static void checkPalette(ByteBuffer bytes, int headerBytes, int bitsPerPixel)
      throws IIOException {
    if (headerBytes == OS2_HEADER_BYTES) {
      return;
    }
    long colours = Integer.toUnsignedLong(bytes.getInt(COLOURS_AT));
    if (colours > 1L << Math.min(bitsPerPixel, 31)
        || FILE_HEADER_BYTES + headerBytes + 4 * colours > bytes.capacity()) {
      throw new IIOException("The BMP declares " + colours + " colours");
    }
  }

  /** A colour profile of version 5 lies in the file; one elsewhere is never followed. */
  private static void checkProfile(ByteBuffer bytes, int headerBytes) throws IIOException {
    if (headerBytes < V5_HEADER_BYTES) {
      return;
    }
    long start = Integer.toUnsignedLong(bytes.getInt(PROFILE_AT));
    long length = Integer.toUnsignedLong(bytes.getInt(PROFILE_AT + 4));
    if (FILE_HEADER_BYTES + start + length > bytes.capacity()) {
      throw new IIOException("The BMP ends before its colour profile");
    }
  }

  /** Rows are padded to whole groups of 4 bytes. */
  private static long rowBytes(long width, int bitsPerPixel) {
    return (width * bitsPerPixel + 31) / 32 * 4;
  }
}
