package io.deixis.engine.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import javax.imageio.IIOException;

/** BMP: the bitmap headers of Windows and OS/2. */
final class BmpContainer implements Container {

  private static final int FILE_HEADER_BYTES = 14;
  private static final int OS2_HEADER_BYTES = 12;

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
    if (needed > bytes.capacity()) {
      throw new IIOException("The BMP ends before its last row");
    }
    return ImageLayout.filled((int) width, (int) height, Optional.empty());
  }

  /** Rows are padded to whole groups of 4 bytes. */
  private static long rowBytes(long width, int bitsPerPixel) {
    return (width * bitsPerPixel + 31) / 32 * 4;
  }
}
