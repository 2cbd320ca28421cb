package io.deixis.engine.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/** PNG files that are small and want to become large, and chunks where none belong. */
final class HostilePng {

  /** What the compressed blocks beside the picture inflate to. */
  private static final int INFLATED = 256 << 20;

  private HostilePng() {}

  static Stream<HostileImage> stream(int bombPixels) {
    int side = (int) Math.sqrt(bombPixels);
    List<HostileImage> files = new ArrayList<>();
    for (int[] kind :
        new int[][] {{1, 0}, {8, 0}, {16, 0}, {8, 2}, {16, 2}, {8, 3}, {8, 4}, {8, 6}, {16, 6}}) {
      for (int interlace = 0; interlace < 2; interlace++) {
        files.add(
            file(
                "zeros-%d-bit-type-%d-interlace-%d".formatted(kind[0], kind[1], interlace),
                HostileHeaders.pngHeader(side, side, kind[0], kind[1], interlace),
                kind[1] == 3 ? chunk("PLTE", new byte[768]) : new byte[0],
                chunk("IDAT", zeros(9L * side * side)),
                END));
      }
    }
    byte[] header = HostileHeaders.pngHeader(48, 32, 8, 2, 0);
    byte[] picture = chunk("IDAT", zeros(32 * (1 + 3 * 48)));
    byte[] bomb = zeros(INFLATED);
    files.add(file("overfull", header, chunk("IDAT", bomb), END));
    files.add(file("profile-bomb", header, chunk("iCCP", join(text("p\0\0"), bomb)), picture, END));
    files.add(file("text-bomb", header, chunk("zTXt", join(text("t\0\0"), bomb)), picture, END));
    files.add(
        file(
            "language-bomb", header, chunk("iTXt", join(text("t\0\1\0\0\0"), bomb)), picture, END));
    files.add(file("strip", HostileHeaders.pngHeader(bombPixels, 1, 8, 2, 0), picture, END));
    files.add(file("column", HostileHeaders.pngHeader(1, bombPixels, 8, 2, 1), picture, END));
    files.add(file("no-picture", header, END));
    files.add(file("empty-picture", header, chunk("IDAT", new byte[0]), END));
    files.add(file("noise-picture", header, chunk("IDAT", text("no deflated data at all")), END));
    files.add(file("two-headers", header, Arrays.copyOfRange(header, 8, 33), picture, END));
    files.add(file("unknown-critical", header, chunk("ABCD", new byte[9]), picture, END));
    files.add(
        file(
            "no-palette",
            HostileHeaders.pngHeader(48, 32, 8, 3, 0),
            chunk("IDAT", zeros(32 * 49)),
            END));
    files.add(
        file(
            "palette-of-1000",
            HostileHeaders.pngHeader(48, 32, 8, 3, 0),
            chunk("PLTE", new byte[3000]),
            chunk("IDAT", zeros(32 * 49)),
            END));
    for (int kind = 0; kind < 8; kind++) {
      for (int bits : new int[] {0, 1, 2, 3, 4, 8, 16, 32, 255}) {
        files.add(
            file(
                "type-%d-%d-bit".formatted(kind, bits),
                HostileHeaders.pngHeader(48, 32, bits, kind, 0),
                picture,
                END));
      }
    }
    byte[][] crumbs = new byte[50_002][];
    Arrays.fill(crumbs, chunk("IDAT", new byte[0]));
    crumbs[0] = header;
    crumbs[50_001] = END;
    files.add(file("50000-empty-chunks", crumbs));
    for (String late :
        List.of("tRNS", "gAMA", "cHRM", "sBIT", "hIST", "pHYs", "sPLT", "tIME", "eXIf")) {
      files.add(file("noise-" + late, header, chunk(late, new byte[1]), picture, END));
      files.add(file("long-" + late, header, chunk(late, new byte[100_000]), picture, END));
    }
    return files.stream();
  }

  private static final byte[] END = chunk("IEND", new byte[0]);

  /** Deflates {@code length} zero bytes. */
  static byte[] zeros(long length) {
    Deflater deflater = new Deflater(9);
    byte[] block = new byte[1 << 16];
    byte[] buffer = new byte[1 << 16];
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (long left = length; left > 0; left -= block.length) {
      deflater.setInput(block, 0, (int) Math.min(block.length, left));
      while (!deflater.needsInput()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  private static HostileImage file(String name, byte[]... parts) {
    return new HostileImage(name + ".png", join(parts));
  }

  private static byte[] chunk(String name, byte[] content) {
    return TestPictures.pngChunk(name, content);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
