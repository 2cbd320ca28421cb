package io.deixis.engine.image;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.IIOException;

/**
 * BMP: the bitmap headers of Windows and OS/2.
 *
 * <p>The pixels are read here, since the JDK's reader refuses the second header of OS/2 and
 * palettes beside pixels of 16 bits or more. As in most readers, a fourth band is alpha where a
 * header says so by a mask; the profiles of version 5 are not applied.
 */
final class BmpContainer implements Container {

  private static final int FILE_HEADER_BYTES = 14;

  /** The first header of OS/2: sides of 16 bits, palette entries of three bytes. */
  private static final int CORE_BYTES = 12;

  /** From this size on, the header of Windows holds the masks of the bands, alpha included. */
  private static final int MASKS_BYTES = 52;

  private static final int ALPHA_MASK_BYTES = 56;

  /** The second header of OS/2, whose compressions above RLE4 mean something else. */
  private static final int OS2_BYTES = 64;

  private static final int UNCOMPRESSED = 0;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int BITFIELDS = 3;
  private static final int ALPHA_BITFIELDS = 6;
  private static final int OPAQUE = 0xFF << 24;

  /** What the headers say; the palette is ARGB, the masks are red, green, blue and alpha. */
  private record Header(
      int width,
      int height,
      boolean topDown,
      int bits,
      int compression,
      int pixelsAt,
      int[] palette,
      int[] masks) {

    boolean runs() {
      return compression == RLE4 || compression == RLE8;
    }

    /** Rows are padded to whole groups of 4 bytes. */
    long rowBytes() {
      return ((long) width * bits + 31) / 32 * 4;
    }
  }

  @Override
  public ImageLayout read(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    Header header = header(bytes, limit);
    long fileBytes = Integer.toUnsignedLong(bytes.getInt(2));
    long needed = header.runs() ? fileBytes : header.pixelsAt + header.rowBytes() * header.height;
    if (needed > bytes.capacity() || header.pixelsAt >= bytes.capacity()) {
      throw new IIOException("The BMP ends before its last row");
    }
    return ImageLayout.filled(header.width, header.height, Optional.empty());
  }

  private static Header header(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    long pixelsAt = Integer.toUnsignedLong(bytes.getInt(10));
    int headerBytes = bytes.getInt(FILE_HEADER_BYTES);
    bytes.position(FILE_HEADER_BYTES + 4);
    boolean core = headerBytes == CORE_BYTES;
    long width = core ? Short.toUnsignedLong(bytes.getShort()) : bytes.getInt();
    // A negative height means that the rows run from the top.
    long height = core ? Short.toUnsignedLong(bytes.getShort()) : bytes.getInt();
    limit.check(width, Math.abs(height));
    bytes.getShort(); // colour planes
    int bits = Short.toUnsignedInt(bytes.getShort());

    // A header may end early; what it lacks is 0.
    int compression = headerBytes >= 20 ? bytes.getInt(FILE_HEADER_BYTES + 16) : UNCOMPRESSED;
    long colours =
        headerBytes >= 36 ? Integer.toUnsignedLong(bytes.getInt(FILE_HEADER_BYTES + 32)) : 0;
    check(bits, compression, headerBytes);
    if (pixelsAt < FILE_HEADER_BYTES + headerBytes || pixelsAt > bytes.capacity()) {
      throw new IIOException("The BMP's pixels stand where there are none");
    }
    int[] palette = new int[0];
    if (bits <= 8) {
      int most = 1 << bits;
      if (pixelsAt == FILE_HEADER_BYTES + headerBytes && compression == UNCOMPRESSED) {
        pixelsAt += (core ? 3 : 4) * Math.min(most, colours); // some writers forget the palette
      }
      palette = palette(bytes, headerBytes, (int) pixelsAt, colours == 0 ? most : colours, most);
    }
    int[] masks = masks(bytes, headerBytes, bits, compression);
    return new Header(
        (int) width,
        (int) Math.abs(height),
        height < 0,
        bits,
        compression,
        (int) pixelsAt,
        palette,
        masks);
  }

  private static void check(int bits, int compression, int headerBytes) throws IIOException {
    boolean masked = compression == BITFIELDS || compression == ALPHA_BITFIELDS;
    boolean known =
        switch (bits) {
          case 1, 2 -> compression == UNCOMPRESSED;
          case 4 -> compression == UNCOMPRESSED || compression == RLE4;
          case 8 -> compression == UNCOMPRESSED || compression == RLE8;
          case 16, 32 -> compression == UNCOMPRESSED || (masked && headerBytes != OS2_BYTES);
          case 24 -> compression == UNCOMPRESSED;
          default -> false;
        };
    if (!known) {
      throw new IIOException(
          "A BMP of " + bits + " bits with compression " + compression + " is not read here");
    }
  }

  /** Returns all colours that a pixel may name; black beyond those that the file has. */
  private static int[] palette(
      ByteBuffer bytes, int headerBytes, int pixelsAt, long colours, int most) throws IIOException {
    int entryBytes = headerBytes == CORE_BYTES ? 3 : 4;
    int start = FILE_HEADER_BYTES + headerBytes;
    if (colours > most && start + entryBytes * colours > bytes.capacity()) {
      throw new IIOException("The BMP declares " + colours + " colours");
    }
    int[] palette = new int[most];
    for (int i = 0; i < most; i++) {
      int at = start + entryBytes * i;
      palette[i] =
          i < colours && at + entryBytes <= pixelsAt
              ? OPAQUE
                  | Byte.toUnsignedInt(bytes.get(at + 2)) << 16
                  | Byte.toUnsignedInt(bytes.get(at + 1)) << 8
                  | Byte.toUnsignedInt(bytes.get(at))
              : OPAQUE;
    }
    return palette;
  }

  private static int[] masks(ByteBuffer bytes, int headerBytes, int bits, int compression) {
    if (compression != BITFIELDS && compression != ALPHA_BITFIELDS) {
      return bits == 16
          ? new int[] {0x7C00, 0x03E0, 0x001F, 0}
          : new int[] {0xFF0000, 0x00FF00, 0x0000FF, 0};
    }
    // They stand in the header or right behind it, which is the same place.
    int at = FILE_HEADER_BYTES + 40;
    boolean alpha =
        compression == ALPHA_BITFIELDS
            || (headerBytes >= ALPHA_MASK_BYTES && headerBytes != OS2_BYTES);
    return new int[] {
      bytes.getInt(at),
      bytes.getInt(at + 4),
      bytes.getInt(at + 8),
      alpha ? bytes.getInt(at + 12) : 0
    };
  }

  @Override
  public BufferedImage pixels(byte[] encoded, ImageLayout layout, DecodingTime time)
      throws IIOException {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    Header header = header(bytes, PixelLimit.NONE);
    BufferedImage image =
        new BufferedImage(header.width, header.height, BufferedImage.TYPE_INT_ARGB);
    if (header.runs()) {
      readRuns(bytes.position(header.pixelsAt), header, image, time);
      return image;
    }
    int[] row = new int[header.width];
    for (int i = 0; i < header.height; i++) {
      time.check();
      readRow(bytes, (int) (header.pixelsAt + i * header.rowBytes()), header, row);
      image.setRGB(0, y(header, i), header.width, 1, row, 0, header.width);
    }
    return image;
  }

  private static int y(Header header, int row) {
    return header.topDown ? row : header.height - 1 - row;
  }

  private static void readRow(ByteBuffer bytes, int start, Header header, int[] row) {
    int bits = header.bits;
    for (int x = 0; x < row.length; x++) {
      int at = start + (int) ((long) x * bits / 8);
      row[x] =
          switch (bits) {
            case 16 -> masked(Short.toUnsignedInt(bytes.getShort(at)), header.masks);
            case 24 ->
                OPAQUE
                    | Short.toUnsignedInt(bytes.getShort(at))
                    | Byte.toUnsignedInt(bytes.get(at + 2)) << 16;
            case 32 -> masked(bytes.getInt(at), header.masks);
            default -> {
              int shift = 8 - bits - x * bits % 8;
              yield header.palette[bytes.get(at) >> shift & (1 << bits) - 1];
            }
          };
    }
  }

  private static int masked(int pixel, int[] masks) {
    int alpha = masks[3] == 0 ? 255 : band(pixel, masks[3]);
    return alpha << 24
        | band(pixel, masks[0]) << 16
        | band(pixel, masks[1]) << 8
        | band(pixel, masks[2]);
  }

  /** Returns the masked bits, scaled to 0..255. */
  private static int band(int pixel, int mask) {
    if (mask == 0) {
      return 0;
    }
    int shift = Integer.numberOfTrailingZeros(mask);
    long most = Integer.toUnsignedLong(mask >>> shift);
    long value = Integer.toUnsignedLong((pixel & mask) >>> shift);
    return (int) ((value * 255 + most / 2) / most);
  }

  /**
   * Runs and copied pixels; what they skip has the first colour, what leaves the picture is
   * dropped.
   */
  private static void readRuns(
      ByteBuffer bytes, Header header, BufferedImage image, DecodingTime time) throws IIOException {
    int[] first = new int[header.width];
    Arrays.fill(first, header.palette[0]);
    for (int y = 0; y < header.height; y++) {
      image.setRGB(0, y, header.width, 1, first, 0, header.width);
    }
    int perByte = 8 / header.bits;
    int x = 0;
    int row = 0;
    while (row < header.height) {
      int length = Byte.toUnsignedInt(bytes.get());
      int value = Byte.toUnsignedInt(bytes.get());
      if (length > 0) {
        for (int i = 0; i < length; i++) {
          put(image, header, x++, row, nibble(value, i, perByte));
        }
      } else if (value == 0) {
        time.check();
        x = 0;
        row++;
      } else if (value == 1) {
        return;
      } else if (value == 2) {
        x += Byte.toUnsignedInt(bytes.get());
        row += Byte.toUnsignedInt(bytes.get());
      } else {
        int packed = (value + perByte - 1) / perByte;
        ByteBuffer copied = Container.take(bytes, packed + packed % 2);
        for (int i = 0; i < value; i++) {
          put(image, header, x++, row, nibble(copied.get(i / perByte), i, perByte));
        }
      }
    }
  }

  private static int nibble(int value, int index, int perByte) {
    return perByte == 1 ? value & 0xFF : (index % 2 == 0 ? value >> 4 : value) & 0xF;
  }

  private static void put(BufferedImage image, Header header, int x, int row, int colour) {
    if (x < header.width && row < header.height) {
      image.setRGB(x, y(header, row), header.palette[colour]);
    }
  }
}
