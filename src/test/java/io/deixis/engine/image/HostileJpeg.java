package io.deixis.engine.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** JPEG files with too many markers, scans or components, and segments that lie. */
final class HostileJpeg {

  private HostileJpeg() {}

  static Stream<HostileImage> stream(int bombPixels) {
    byte[] jpeg = TestPictures.jpeg();
    int side = (int) Math.sqrt(bombPixels);
    List<HostileImage> files = new ArrayList<>();
    files.add(file("20000-comments", insert(jpeg, repeat(segment(0xFE, new byte[2]), 20_000))));
    files.add(
        file(
            "20000-restarts", insert(jpeg, repeat(new byte[] {(byte) 0xFF, (byte) 0xD0}, 20_000))));
    files.add(
        file("a-million-fill-bytes", insert(jpeg, repeat(new byte[] {(byte) 0xFF}, 1 << 20))));
    files.add(file("2000-tables", insert(jpeg, repeat(segment(0xDB, new byte[65]), 2_000))));
    files.add(
        file("300-adobe", insert(jpeg, repeat(segment(0xEE, text("Adobe\0d\0\0\0\0\2")), 300))));
    files.add(file("two-starts", insert(jpeg, new byte[] {(byte) 0xFF, (byte) 0xD8})));
    files.add(file("picture-in-picture", insert(jpeg, jpeg)));
    files.add(file("nothing-but-end", new byte[] {-1, -40, -1, -39}));
    for (int length : new int[] {0, 1, 2, 3, 0xFFFF}) {
      byte[] lie = {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length};
      files.add(file("segment-of-" + length, insert(jpeg, lie)));
    }
    for (int app = 0xE0; app <= 0xEF; app++) {
      for (String content :
          List.of(
              "JFIF\0",
              "JFXX\0\20",
              "ICC_PROFILE\0\1\1",
              "ICC_PROFILE\0\377\377",
              "Adobe",
              "Exif\0\0",
              "MPF\0")) {
        files.add(
            file(
                "app-%x-%s".formatted(app, content.replaceAll("[^\\w\u0001\u00FF]", "")),
                insert(jpeg, segment(app, text(content + "\377\377\377\377")))));
      }
    }
    for (int scans : new int[] {99, 1_000, 20_000}) {
      files.add(file(scans + "-scans", progressive(48, 32, scans)));
      files.add(file(scans + "-scans-of-many-pixels", progressive(side, side, scans)));
    }
    for (int components : new int[] {0, 1, 2, 4, 5, 255}) {
      files.add(file(components + "-components", components(jpeg, components)));
    }
    for (int precision : new int[] {0, 2, 12, 16, 255}) {
      byte[] copy = jpeg.clone();
      copy[frameAt(copy) + 4] = (byte) precision;
      files.add(file(precision + "-bit", copy));
    }
    for (int sampling = 0; sampling < 256; sampling += 17) {
      byte[] copy = jpeg.clone();
      copy[frameAt(copy) + 11] = (byte) sampling;
      files.add(file("sampling-" + sampling, copy));
    }
    for (int kind = 0xC0; kind <= 0xCF; kind++) {
      byte[] copy = jpeg.clone();
      copy[frameAt(copy) + 1] = (byte) kind;
      files.add(file("frame-%x".formatted(kind), copy));
    }
    return files.stream();
  }

  /**
   * A progressive grey picture whose scans refine nothing: each is a few bytes, and a whole pass.
   */
  static byte[] progressive(int width, int height, int scans) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {-1, (byte) 0xD8});
    byte[] ones = new byte[65];
    Arrays.fill(ones, 1, 65, (byte) 1);
    out.writeBytes(segment(0xDB, ones));
    out.writeBytes(
        segment(
            0xC2,
            ByteBuffer.allocate(9)
                .put((byte) 8)
                .putShort((short) height)
                .putShort((short) width)
                .put(new byte[] {1, 1, 0x11, 0})
                .array()));
    // One code of one bit, for DC difference 0 and for the longest end-of-band run.
    out.writeBytes(segment(0xC4, table(0x00, 0)));
    out.writeBytes(segment(0xC4, table(0x10, 0xE0)));
    out.writeBytes(segment(0xDA, new byte[] {1, 1, 0, 0, 0, 0}));
    out.writeBytes(new byte[(width + 7) / 8 * ((height + 7) / 8) / 8 + 1]);
    byte[] scan = segment(0xDA, new byte[] {1, 1, 0, 1, 63, 0});
    byte[] runs = new byte[2 * ((width + 7) / 8 * ((height + 7) / 8) / (1 << 14) + 2)];
    for (int i = 0; i < scans; i++) {
      out.writeBytes(scan);
      out.writeBytes(runs);
    }
    out.writeBytes(new byte[] {-1, (byte) 0xD9});
    return out.toByteArray();
  }

  private static byte[] table(int id, int symbol) {
    byte[] table = new byte[18];
    table[0] = (byte) id;
    table[1] = 1;
    table[17] = (byte) symbol;
    return table;
  }

  private static byte[] components(byte[] jpeg, int components) {
    int at = frameAt(jpeg);
    byte[] frame = new byte[6 + 3 * components];
    System.arraycopy(jpeg, at + 4, frame, 0, 5);
    frame[5] = (byte) components;
    for (int i = 0; i < components; i++) {
      frame[6 + 3 * i] = (byte) (i + 1);
      frame[7 + 3 * i] = 0x11;
    }
    int length = 2 + ByteBuffer.wrap(jpeg).getShort(at + 2);
    return HostilePng.join(
        Arrays.copyOf(jpeg, at),
        segment(0xC0, frame),
        Arrays.copyOfRange(jpeg, at + length, jpeg.length));
  }

  /** Where the baseline frame's marker stands. */
  private static int frameAt(byte[] jpeg) {
    int at = 2;
    while ((jpeg[at + 1] & 0xFF) != 0xC0) {
      at += 2 + Short.toUnsignedInt(ByteBuffer.wrap(jpeg).getShort(at + 2));
    }
    return at;
  }

  static byte[] segment(int marker, byte[] content) {
    return ByteBuffer.allocate(4 + content.length)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (2 + content.length))
        .put(content)
        .array();
  }

  private static byte[] repeat(byte[] piece, int times) {
    byte[] all = new byte[piece.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(piece, 0, all, i * piece.length, piece.length);
    }
    return all;
  }

  private static byte[] insert(byte[] jpeg, byte[] piece) {
    return TestPictures.insert(jpeg, 2, piece);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static HostileImage file(String name, byte[] bytes) {
    return new HostileImage(name + ".jpg", bytes);
  }
}
