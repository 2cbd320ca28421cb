package io.deixis.engine.image;

import io.deixis.engine.image.ImageLayout.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.IIOException;

/** WebP: RIFF chunks as in the WebP container specification (RFC 9649). */
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
  private static final int VP8 = fourCc("VP8 ");
  private static final int VP8L = fourCc("VP8L");
  private static final int VP8X = fourCc("VP8X");
  private static final int ALPH = fourCc("ALPH");
  private static final int ANMF = fourCc("ANMF");
  private static final int EXIF = fourCc("EXIF");
  private static final byte[] EXIF_PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  @Override
  public ImageLayout read(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    long riffBytes = Integer.toUnsignedLong(bytes.getInt(4));
    Size canvas = null;
    Frame frame = null;
    Optional<byte[]> exif = Optional.empty();
    long losslessBytes = 0;

    bytes.position(RIFF_HEADER_BYTES);
    while (bytes.position() < Math.min(8 + riffBytes, bytes.capacity())) {
      int type = bytes.getInt();
      long length = Integer.toUnsignedLong(bytes.getInt());
      // The size stands in a chunk's first bytes: look at them before asking whether it is whole.
      ByteBuffer start = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
      if (type == VP8X && canvas == null) {
        start.getInt(); // flags
        canvas = new Size(1 + uint24(start), 1 + uint24(start));
        limit.check(canvas.width, canvas.height);
      } else if (type == ANMF && frame == null) {
        frame = animationFrame(start, limit);
      } else if ((type == VP8 || type == VP8L) && frame == null) {
        Size size = picture(type, start, limit);
        frame = new Frame(0, 0, size.width, size.height);
      }
      ByteBuffer content = Slices.take(bytes, length);
      if (type == VP8L || type == ALPH || type == ANMF) {
        losslessBytes = Math.max(losslessBytes, length);
      }
      if (type == EXIF) {
        exif = Optional.of(withoutPrefix(Slices.copy(content)));
      }
      if (length % 2 == 1 && bytes.hasRemaining()) {
        bytes.get(); // padding
      }
    }
    if (8 + riffBytes > bytes.capacity() || frame == null) {
      throw new IIOException("The WebP ends before its picture");
    }
    return layout(canvas, frame, exif).withTables(tableBytes(frame, losslessBytes));
  }

  private static long tableBytes(Frame frame, long losslessBytes) {
    long most = (long) frame.width() * frame.height() / GROUP_PIXELS + 1;
    long groups = Math.min(65_536, Math.min(most, losslessBytes * 8 / GROUP_BITS));
    return groups * GROUP_BYTES;
  }

  private static ImageLayout layout(Size canvas, Frame frame, Optional<byte[]> exif)
      throws IIOException {
    if (canvas == null) {
      return ImageLayout.filled(frame.width(), frame.height(), exif);
    }
    if (frame.x() + frame.width() > canvas.width || frame.y() + frame.height() > canvas.height) {
      throw new IIOException("The WebP's frame is larger than its canvas");
    }
    return new ImageLayout(canvas.width, canvas.height, frame, exif);
  }

  private static Frame animationFrame(ByteBuffer content, PixelLimit limit) throws IIOException {
    int x = 2 * uint24(content);
    int y = 2 * uint24(content);
    int width = 1 + uint24(content);
    int height = 1 + uint24(content);
    limit.check(width, height);
    Slices.take(content, 4); // duration, flags
    while (content.hasRemaining()) {
      int type = content.getInt();
      long length = Integer.toUnsignedLong(content.getInt());
      if (type == VP8 || type == VP8L) {
        Size size = picture(type, content, limit);
        if (size.width != width || size.height != height) {
          throw new IIOException("The WebP's frame and its picture differ in size");
        }
        return new Frame(x, y, width, height);
      }
      Slices.take(content, length + length % 2);
    }
    throw new IIOException("The WebP's frame has no picture");
  }

  /** Reads the size out of the first bytes of a VP8 (RFC 6386, 9.1) or VP8L bit stream. */
  private static Size picture(int type, ByteBuffer content, PixelLimit limit) throws IIOException {
    Size size;
    if (type == VP8) {
      Slices.take(content, 6); // frame tag, start code
      size = new Size(content.getShort() & 0x3FFF, content.getShort() & 0x3FFF);
    } else {
      content.get(); // signature
      int bits = content.getInt();
      size = new Size(1 + (bits & 0x3FFF), 1 + ((bits >>> 14) & 0x3FFF));
    }
    limit.check(size.width, size.height);
    return size;
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

  private static int fourCc(String name) {
    return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt();
  }

  private record Size(int width, int height) {}
}
