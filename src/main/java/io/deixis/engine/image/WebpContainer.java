package io.deixis.engine.image;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import io.deixis.engine.image.ImageLayout.Frame;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.IIOException;

/**
 * WebP: RIFF chunks as in the WebP container specification (RFC 9649). The pixels are libwebp's,
 * which gets a file of the first picture's chunks alone.
 */
final class WebpContainer implements Container {

  /** What a reader keeps of five prefix codes that are each one symbol. */
  private static final int GROUP_BYTES = 5_696;

  /**
   * Most bytes that the prefix codes of one lossless picture take when decoded (RFC 9649, 3.7.2.2):
   * a group of five has at least 20 bits in the file and stands for at least 16 pixels; there are
   * at most 65,536 groups.
   */
  static final long MOST_TABLE_BYTES = 65_536L * GROUP_BYTES;

  private static final int GROUP_BITS = 20;
  private static final int GROUP_PIXELS = 16;

  private static final int RIFF_HEADER_BYTES = 12;
  private static final int RIFF = fourCc("RIFF");
  private static final int WEBP = fourCc("WEBP");
  private static final int VP8 = fourCc("VP8 ");
  private static final int VP8L = fourCc("VP8L");
  private static final int VP8X = fourCc("VP8X");
  private static final int ALPH = fourCc("ALPH");
  private static final int ANMF = fourCc("ANMF");
  private static final int ICCP = fourCc("ICCP");
  private static final int EXIF = fourCc("EXIF");
  private static final byte[] EXIF_PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int ALPHA_FLAG = 0x10;

  /** libwebp's library is loaded with the first WebP. */
  private static final class Reader {
    private static final PluginReader LIBWEBP = new PluginReader(new WebPImageReaderSpi());
  }

  /** Chunks of a file; a picture's alpha and pixels are null until they are found. */
  private static final class Chunks {
    private Size canvas;
    private Frame frame;
    private ByteBuffer alpha;
    private int type;
    private ByteBuffer pixels;
    private Optional<byte[]> exif = Optional.empty();
    private Optional<byte[]> profile = Optional.empty();
  }

  private record Size(int width, int height) {}

  @Override
  public ImageLayout read(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    Chunks chunks = chunks(bytes, limit);
    Size canvas = chunks.canvas;
    Frame frame = chunks.frame;
    if (canvas == null) {
      canvas = new Size(frame.width(), frame.height());
    }
    if (frame.x() + frame.width() > canvas.width || frame.y() + frame.height() > canvas.height) {
      throw new IIOException("The WebP's frame is larger than its canvas");
    }
    return new ImageLayout(canvas.width, canvas.height, frame, chunks.exif)
        .in(chunks.profile.flatMap(ColourProfile::of))
        .withTables(tableBytes(chunks));
  }

  private static long tableBytes(Chunks chunks) {
    long most = (long) chunks.frame.width() * chunks.frame.height() / GROUP_PIXELS + 1;
    long bytes =
        (chunks.type == VP8L ? chunks.pixels.capacity() : 0)
            + (chunks.alpha == null ? 0 : chunks.alpha.capacity());
    return GROUP_BYTES * Math.min(65_536, Math.min(most, bytes * 8 / GROUP_BITS));
  }

  private static Chunks chunks(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    long riffBytes = Integer.toUnsignedLong(bytes.getInt(4));
    Chunks chunks = new Chunks();
    bytes.position(RIFF_HEADER_BYTES);
    while (bytes.position() < Math.min(8 + riffBytes, bytes.capacity())) {
      int type = bytes.getInt();
      long length = Integer.toUnsignedLong(bytes.getInt());
      // The size stands in a chunk's first bytes: look at them before asking whether it is whole.
      ByteBuffer start = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
      if (type == VP8X && chunks.canvas == null) {
        start.getInt(); // flags
        chunks.canvas = new Size(1 + uint24(start), 1 + uint24(start));
        limit.check(chunks.canvas.width, chunks.canvas.height);
      } else if (type == ANMF && chunks.pixels == null) {
        checkFrame(start, limit);
      } else if ((type == VP8 || type == VP8L) && chunks.pixels == null) {
        picture(type, start, limit);
      }
      ByteBuffer content = Container.take(bytes, length);
      if (type == ANMF && chunks.pixels == null) {
        readFrame(content, chunks, limit);
      } else {
        readPicture(type, content, chunks, limit);
      }
      if (type == EXIF) {
        chunks.exif = Optional.of(withoutPrefix(Container.copy(content)));
      } else if (type == ICCP && chunks.profile.isEmpty()) {
        chunks.profile = Optional.of(Container.copy(content));
      }
      if (length % 2 == 1 && bytes.hasRemaining()) {
        bytes.get(); // padding
      }
    }
    if (8 + riffBytes > bytes.capacity() || chunks.pixels == null) {
      throw new IIOException("The WebP ends before its picture");
    }
    return chunks;
  }

  /** Checks the declared size alone. */
  private static void checkFrame(ByteBuffer content, PixelLimit limit) throws IIOException {
    Container.take(content, 6); // x, y
    limit.check(1 + uint24(content), 1 + uint24(content));
  }

  private static void readFrame(ByteBuffer content, Chunks chunks, PixelLimit limit)
      throws IIOException {
    int x = 2 * uint24(content);
    int y = 2 * uint24(content);
    int width = 1 + uint24(content);
    int height = 1 + uint24(content);
    Container.take(content, 4); // duration, flags
    while (content.hasRemaining() && chunks.pixels == null) {
      int type = content.getInt();
      long length = Integer.toUnsignedLong(content.getInt());
      readPicture(type, Container.take(content, length), chunks, limit);
      Container.take(content, content.hasRemaining() ? length % 2 : 0);
    }
    if (chunks.pixels == null) {
      throw new IIOException("The WebP's frame has no picture");
    }
    if (chunks.frame.width() != width || chunks.frame.height() != height) {
      throw new IIOException("The WebP's frame and its picture differ in size");
    }
    chunks.frame = new Frame(x, y, width, height);
  }

  /** Keeps the first picture's chunks. */
  private static void readPicture(int type, ByteBuffer content, Chunks chunks, PixelLimit limit)
      throws IIOException {
    if (chunks.pixels != null) {
      return;
    }
    if (type == ALPH && chunks.alpha == null) {
      chunks.alpha = content.slice();
    } else if (type == VP8 || type == VP8L) {
      Size size = picture(type, content.slice().order(ByteOrder.LITTLE_ENDIAN), limit);
      chunks.frame = new Frame(0, 0, size.width, size.height);
      chunks.type = type;
      chunks.pixels = content.slice();
    }
  }

  /** Reads the size out of the first bytes of a VP8 (RFC 6386, 9.1) or VP8L bit stream. */
  private static Size picture(int type, ByteBuffer content, PixelLimit limit) throws IIOException {
    Size size;
    if (type == VP8) {
      Container.take(content, 6); // frame tag, start code
      size = new Size(content.getShort() & 0x3FFF, content.getShort() & 0x3FFF);
    } else {
      content.get(); // signature
      int bits = content.getInt();
      size = new Size(1 + (bits & 0x3FFF), 1 + ((bits >>> 14) & 0x3FFF));
    }
    limit.check(size.width, size.height);
    return size;
  }

  @Override
  public BufferedImage pixels(byte[] encoded, ImageLayout layout, DecodingTime time)
      throws IOException {
    byte[] still = still(chunks(ByteBuffer.wrap(encoded), PixelLimit.NONE));
    try {
      return Reader.LIBWEBP.read(still, layout, time);
    } catch (LinkageError | IllegalStateException missing) {
      throw new GroundingException(
          Reason.IMAGE_UNSUPPORTED,
          ImageDecoder.FIELD,
          "WebP is not read on this machine, where libwebp cannot be loaded",
          "send the photo as JPEG or PNG, or make the folder for temporary files writable",
          missing);
    }
  }

  /** Returns a file of one picture and nothing else. */
  private static byte[] still(Chunks chunks) {
    boolean alpha = chunks.type == VP8 && chunks.alpha != null;
    int bytes = RIFF_HEADER_BYTES + padded(chunks.pixels);
    if (alpha) {
      bytes += 18 + padded(chunks.alpha);
    }
    ByteBuffer still = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    still.putInt(RIFF).putInt(bytes - 8).putInt(WEBP);
    if (alpha) {
      still.putInt(VP8X).putInt(10).putInt(ALPHA_FLAG);
      putUint24(still, chunks.frame.width() - 1);
      putUint24(still, chunks.frame.height() - 1);
      put(still, ALPH, chunks.alpha);
    }
    put(still, chunks.type, chunks.pixels);
    return still.array();
  }

  private static int padded(ByteBuffer content) {
    return 8 + content.capacity() + content.capacity() % 2;
  }

  private static void put(ByteBuffer still, int type, ByteBuffer content) {
    still.putInt(type).putInt(content.capacity()).put(content.rewind());
    if (content.capacity() % 2 == 1) {
      still.put((byte) 0);
    }
  }

  /** Some writers put the prefix of JPEG's APP1 segment before the TIFF header. */
  private static byte[] withoutPrefix(byte[] exif) {
    boolean prefixed =
        exif.length > EXIF_PREFIX.length
            && Arrays.equals(exif, 0, EXIF_PREFIX.length, EXIF_PREFIX, 0, EXIF_PREFIX.length);
    return prefixed ? Arrays.copyOfRange(exif, EXIF_PREFIX.length, exif.length) : exif;
  }

  private static int uint24(ByteBuffer bytes) {
    return Short.toUnsignedInt(bytes.getShort()) | Byte.toUnsignedInt(bytes.get()) << 16;
  }

  private static void putUint24(ByteBuffer bytes, int value) {
    bytes.putShort((short) value).put((byte) (value >> 16));
  }

  private static int fourCc(String name) {
    return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt();
  }
}
