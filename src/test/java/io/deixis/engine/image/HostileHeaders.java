package io.deixis.engine.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Pictures whose headers declare other sizes than they have. */
final class HostileHeaders {

  private static final List<int[]> SIZES =
      List.of(
          new int[] {0, 0},
          new int[] {0, 32},
          new int[] {48, 0},
          new int[] {1, 1},
          new int[] {47, 31},
          new int[] {49, 33},
          new int[] {48, 16_000},
          new int[] {16_000, 32},
          new int[] {7_000, 7_000},
          new int[] {32_767, 32_767},
          new int[] {65_535, 65_535},
          new int[] {65_535, 1},
          new int[] {1, 65_535},
          new int[] {Integer.MAX_VALUE, 1},
          new int[] {1, Integer.MAX_VALUE},
          new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE},
          new int[] {-1, -1},
          new int[] {Integer.MIN_VALUE, Integer.MIN_VALUE},
          new int[] {65_536, 65_536});

  private HostileHeaders() {}

  static Stream<HostileImage> stream() {
    return SIZES.stream()
        .flatMap(
            size ->
                Stream.of(
                        file("png", png(size[0], size[1])),
                        file("jpg", jpeg(size[0], size[1])),
                        file("screen.gif", gif(size[0], size[1])),
                        file("frame.gif", gifFrame(size[0], size[1])),
                        file("bmp", bmp(size[0], size[1])),
                        file("canvas.webp", webpCanvas(size[0], size[1])),
                        file("lossy.webp", lossyWebp(size[0], size[1])),
                        file("lossless.webp", losslessWebp(size[0], size[1])))
                    .map(
                        image ->
                            new HostileImage(
                                "declares-%dx%d-%s".formatted(size[0], size[1], image.name()),
                                image.bytes())));
  }

  private static HostileImage file(String name, byte[] bytes) {
    return new HostileImage(name, bytes);
  }

  static byte[] png(int width, int height) {
    byte[] png = TestPictures.png();
    ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    return png;
  }

  static byte[] jpeg(int width, int height) {
    byte[] jpeg = TestPictures.jpeg();
    int at = 2;
    while ((jpeg[at + 1] & 0xFF) != 0xC0) {
      at += 2 + ByteBuffer.wrap(jpeg).getShort(at + 2);
    }
    ByteBuffer.wrap(jpeg).putShort(at + 5, (short) height).putShort(at + 7, (short) width);
    return jpeg;
  }

  static byte[] gif(int width, int height) {
    byte[] gif = TestPictures.gif();
    little(gif).putShort(6, (short) width).putShort(8, (short) height);
    return gif;
  }

  /** A frame of this size on a screen of this size. */
  static byte[] gifFrame(int width, int height) {
    byte[] gif = gif(width, height);
    little(gif).putShort(gifFrameAt(gif) + 5, (short) width);
    little(gif).putShort(gifFrameAt(TestPictures.gif()) + 7, (short) height);
    return gif;
  }

  /** Where the frame's descriptor starts. */
  static int gifFrameAt(byte[] gif) {
    byte[] place = {0x2C, 0, 0, 0, 0};
    String text = new String(gif, StandardCharsets.ISO_8859_1);
    return text.indexOf(
        new String(place, StandardCharsets.ISO_8859_1), 13 + (3 << ((gif[10] & 7) + 1)));
  }

  static byte[] bmp(int width, int height) {
    byte[] bmp = TestPictures.bmp();
    little(bmp).putInt(18, width).putInt(22, height);
    return bmp;
  }

  static byte[] webpCanvas(int width, int height) {
    byte[] webp = TestPictures.resource("quarter-turn.webp");
    little(webp)
        .putShort(24, (short) (width - 1))
        .put(26, (byte) (width - 1 >> 16))
        .putShort(27, (short) (height - 1))
        .put(29, (byte) (height - 1 >> 16));
    return webp;
  }

  static byte[] lossyWebp(int width, int height) {
    byte[] webp = TestPictures.resource("lossy.webp");
    little(webp).putShort(26, (short) width).putShort(28, (short) height);
    return webp;
  }

  static byte[] losslessWebp(int width, int height) {
    byte[] webp = TestPictures.resource("lossless.webp");
    int rest = little(webp).getInt(21) & 0xF000_0000;
    little(webp).putInt(21, rest | (height - 1 & 0x3FFF) << 14 | width - 1 & 0x3FFF);
    return webp;
  }

  static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Signature and header chunk alone. */
  static byte[] pngHeader(int width, int height, int bits, int colourType, int interlace) {
    byte[] content =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {(byte) bits, (byte) colourType, 0, 0, (byte) interlace})
            .array();
    byte[] signature = Arrays.copyOf(TestPictures.png(), 8);
    return TestPictures.insert(signature, 8, TestPictures.pngChunk("IHDR", content));
  }
}
