package io.deixis.engine.image;

import io.deixis.engine.image.ImageLayout.Frame;
import java.awt.image.BufferedImage;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import javax.imageio.IIOException;

/**
 * GIF: blocks and LZW codes as in the GIF89a specification; the first picture alone.
 *
 * <p>The pixels are read here, since the JDK's reader refuses files for what follows the first
 * picture, and takes a repeated clear code for a colour.
 */
final class GifContainer implements Container {

  private static final int SIGNATURE_BYTES = 6;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;
  private static final int OPAQUE = 0xFF << 24;

  /** First row and step of the passes of an interlaced picture, appendix E. */
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  /**
   * The first picture.
   *
   * @param palette ARGB
   * @param data the buffer at the LZW minimum code size
   */
  private record Picture(
      int screenWidth,
      int screenHeight,
      Frame frame,
      boolean interlaced,
      int[] palette,
      ByteBuffer data) {}

  @Override
  public ImageLayout read(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    Picture picture = first(bytes, limit);
    bytes.get(); // LZW minimum code size
    skipSubBlocks(bytes);
    requireEnd(bytes);
    Frame frame = picture.frame;
    int width = Math.max(picture.screenWidth, frame.x() + frame.width());
    int height = Math.max(picture.screenHeight, frame.y() + frame.height());
    limit.check(width, height);
    return new ImageLayout(width, height, frame, Optional.empty());
  }

  @Override
  public BufferedImage pixels(byte[] encoded, ImageLayout layout, DecodingTime time)
      throws IIOException {
    Picture picture = first(ByteBuffer.wrap(encoded), PixelLimit.NONE);
    int width = picture.frame.width();
    int height = picture.frame.height();
    Codes codes = new Codes(picture.data);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    int[] row = new int[width];
    for (int[] pass : picture.interlaced ? PASSES : new int[][] {{0, 1}}) {
      for (int y = pass[0]; y < height; y += pass[1]) {
        time.check();
        for (int x = 0; x < width; x++) {
          row[x] = picture.palette[codes.next()];
        }
        image.setRGB(0, y, width, 1, row, 0, width);
      }
    }
    return image;
  }

  /** Reads up to the data of the first picture. */
  private static Picture first(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    bytes.order(ByteOrder.LITTLE_ENDIAN).position(SIGNATURE_BYTES);
    int screenWidth = Short.toUnsignedInt(bytes.getShort());
    int screenHeight = Short.toUnsignedInt(bytes.getShort());
    // A screen of 0x0 is common and means "as large as the first frame".
    limit.check(Math.max(1, screenWidth), Math.max(1, screenHeight));
    int flags = bytes.get();
    Container.take(bytes, 2); // background colour, pixel aspect ratio
    Optional<ByteBuffer> colours = colourTable(bytes, flags);

    int transparent = -1;
    while (true) {
      int block = Byte.toUnsignedInt(bytes.get());
      if (block == IMAGE) {
        Frame frame = frame(bytes);
        limit.check(frame.width(), frame.height());
        flags = bytes.get();
        int[] palette = palette(colourTable(bytes, flags).or(() -> colours), transparent);
        boolean interlaced = (flags & 0x40) != 0;
        return new Picture(screenWidth, screenHeight, frame, interlaced, palette, bytes);
      } else if (block == EXTENSION) {
        if (Byte.toUnsignedInt(bytes.get()) == GRAPHIC_CONTROL && bytes.remaining() > 4) {
          boolean given =
              bytes.get(bytes.position()) >= 4 && (bytes.get(bytes.position() + 1) & 1) != 0;
          transparent = given ? Byte.toUnsignedInt(bytes.get(bytes.position() + 4)) : -1;
        }
        skipSubBlocks(bytes);
      } else {
        throw new IIOException("The GIF has a block of type " + block + " before its picture");
      }
    }
  }

  /** A file must go on to its end mark, unless what follows the picture is no GIF any more. */
  private static void requireEnd(ByteBuffer bytes) {
    while (true) {
      int block = Byte.toUnsignedInt(bytes.get());
      if (block == EXTENSION) {
        bytes.get(); // label
      } else if (block == IMAGE) {
        frame(bytes);
        colourTable(bytes, bytes.get());
        bytes.get(); // LZW minimum code size
      } else {
        return;
      }
      skipSubBlocks(bytes);
    }
  }

  private static Frame frame(ByteBuffer bytes) {
    return new Frame(
        Short.toUnsignedInt(bytes.getShort()),
        Short.toUnsignedInt(bytes.getShort()),
        Short.toUnsignedInt(bytes.getShort()),
        Short.toUnsignedInt(bytes.getShort()));
  }

  private static Optional<ByteBuffer> colourTable(ByteBuffer bytes, int flags) {
    return (flags & 0x80) == 0
        ? Optional.empty()
        : Optional.of(Container.take(bytes, 3L << ((flags & 0x07) + 1)));
  }

  /** Returns 256 colours; black beyond the table's, shades of grey if there is none. */
  private static int[] palette(Optional<ByteBuffer> table, int transparent) {
    int[] palette = new int[256];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = OPAQUE | (table.isPresent() ? 0 : i * 0x010101);
    }
    ByteBuffer colours = table.orElseGet(() -> ByteBuffer.allocate(0));
    for (int i = 0; colours.hasRemaining(); i++) {
      palette[i] =
          OPAQUE
              | Byte.toUnsignedInt(colours.get()) << 16
              | Byte.toUnsignedInt(colours.get()) << 8
              | Byte.toUnsignedInt(colours.get());
    }
    if (transparent >= 0) {
      palette[transparent] = 0;
    }
    return palette;
  }

  private static void skipSubBlocks(ByteBuffer bytes) {
    int length;
    do {
      length = Byte.toUnsignedInt(bytes.get());
      Container.take(bytes, length);
    } while (length != 0);
  }

  /** The colour indices of a picture's LZW codes, appendix F. */
  private static final class Codes {

    private static final int MOST = 1 << 12;

    private final ByteBuffer bytes;
    private final int literalBits;
    private final int clear;
    private final int[] prefix = new int[MOST];
    private final byte[] last = new byte[MOST];
    private final byte[] pending = new byte[MOST + 1];
    private int waiting;
    private int blockLeft;
    private int bits;
    private int bitCount;
    private int codeBits;
    private int count;
    private int previous = -1;
    private byte first;

    Codes(ByteBuffer bytes) throws IIOException {
      this.bytes = bytes;
      literalBits = Byte.toUnsignedInt(bytes.get());
      if (literalBits < 1 || literalBits > 11) {
        throw new IIOException("The GIF's codes start with " + literalBits + " bits");
      }
      clear = 1 << literalBits;
      for (int i = 0; i < clear; i++) {
        last[i] = (byte) i;
      }
      reset();
    }

    /** Returns the next pixel's colour index. */
    int next() throws IIOException {
      if (waiting == 0) {
        expand();
      }
      return Byte.toUnsignedInt(pending[--waiting]);
    }

    /** Puts the indices of the next code on the stack of pending ones, the first one on top. */
    private void expand() throws IIOException {
      int code = code();
      while (code == clear) {
        reset();
        code = code();
      }
      if (code == clear + 1) {
        throw new IIOException("The GIF's picture ends before its last row");
      }
      if (code > count || (code == count && previous < 0)) {
        throw new IIOException("The GIF has a code that is not defined yet");
      }
      int at = code;
      if (code == count) {
        pending[waiting++] = first; // the code that this very step defines
        at = previous;
      }
      while (at >= clear) {
        pending[waiting++] = last[at];
        at = prefix[at];
      }
      first = last[at];
      pending[waiting++] = first;
      if (previous >= 0 && count < MOST) {
        prefix[count] = previous;
        last[count++] = first;
        if (count == 1 << codeBits && codeBits < 12) {
          codeBits++;
        }
      }
      previous = code;
    }

    private void reset() {
      codeBits = literalBits + 1;
      count = clear + 2;
      previous = -1;
    }

    private int code() throws IIOException {
      while (bitCount < codeBits) {
        bits |= nextByte() << bitCount;
        bitCount += 8;
      }
      int code = bits & (1 << codeBits) - 1;
      bits >>>= codeBits;
      bitCount -= codeBits;
      return code;
    }

    private int nextByte() throws IIOException {
      try {
        if (blockLeft == 0) {
          blockLeft = Byte.toUnsignedInt(bytes.get());
        }
        if (blockLeft-- == 0) {
          throw new IIOException("The GIF's picture ends before its last row");
        }
        return Byte.toUnsignedInt(bytes.get());
      } catch (BufferUnderflowException end) {
        throw new IIOException("The GIF's picture ends before its last row", end);
      }
    }
  }
}
