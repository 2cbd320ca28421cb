package io.deixis.engine.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** WebP files with chunks that lie about their lengths, repeat, or do not belong together. */
final class HostileWebp {

  private HostileWebp() {}

  static Stream<HostileImage> stream(int bombPixels) {
    List<HostileImage> files = new ArrayList<>();
    for (String name :
        List.of(
            "lossy.webp", "lossless.webp", "alpha.webp", "animated.webp", "quarter-turn.webp")) {
      byte[] webp = TestPictures.resource(name);
      for (int length : new int[] {0, 1, 4, 8, webp.length, Integer.MAX_VALUE, -1, -8, -9}) {
        files.add(file("riff-of-" + length + "-" + name, with(webp, 4, length)));
        files.add(file("chunk-of-" + length + "-" + name, with(webp, 16, length)));
      }
    }
    byte[] lossy = TestPictures.resource("lossy.webp");
    byte[] lossless = TestPictures.resource("lossless.webp");
    byte[] picture = Arrays.copyOfRange(lossy, 12, lossy.length);
    byte[] lossyAlpha = Arrays.copyOfRange(lossless, 12, lossless.length);
    for (int flags = 0; flags < 64; flags++) {
      files.add(file("flags-" + flags + ".webp", riff(extended(flags, 48, 32), picture)));
    }
    for (String chunk : List.of("ICCP", "EXIF", "XMP ", "ALPH", "ANIM", "ANMF", "junk")) {
      for (int length : new int[] {0, 1, 7, 100, 100_000}) {
        files.add(
            file(
                chunk.strip() + "-of-" + length + ".webp",
                riff(extended(0x3E, 48, 32), chunk(chunk, new byte[length]), picture)));
      }
    }
    files.add(file("no-picture.webp", riff(extended(0, 48, 32))));
    files.add(file("nothing.webp", riff()));
    files.add(
        file("two-canvases.webp", riff(extended(0, 48, 32), extended(0, 9_000, 9_000), picture)));
    files.add(file("canvas-last.webp", riff(picture, extended(0, 48, 32))));
    files.add(file("two-pictures.webp", riff(picture, lossyAlpha)));
    files.add(file("small-canvas.webp", riff(extended(0, 4, 4), picture)));
    files.add(file("nested.webp", riff(lossy)));
    byte[][] crumbs = new byte[50_002][];
    Arrays.fill(crumbs, chunk("junk", new byte[0]));
    crumbs[0] = extended(0, 48, 32);
    crumbs[50_001] = picture;
    files.add(file("50000-chunks.webp", riff(crumbs)));
    for (byte alpha : new byte[] {0, 1, 2, 3, 4, 8, 12, 16, 32, -1}) {
      files.add(
          file(
              "alpha-" + alpha + ".webp",
              riff(extended(0x10, 48, 32), chunk("ALPH", new byte[] {alpha, 1, 2, 3}), picture)));
    }
    int side = Math.min(16_383, (int) Math.sqrt(bombPixels));
    files.add(file("one-code.webp", LosslessWebp.file(48, 32, 1)));
    files.add(file("65536-codes.webp", LosslessWebp.file(48, 32, 65_536)));
    files.add(file("one-code-of-many-pixels.webp", LosslessWebp.file(side, side, 1)));
    files.add(file("65536-codes-of-many-pixels.webp", LosslessWebp.file(side, side, 65_536)));
    return files.stream();
  }

  private static byte[] with(byte[] webp, int at, int length) {
    byte[] copy = webp.clone();
    HostileHeaders.little(copy).putInt(at, length);
    return copy;
  }

  static byte[] riff(byte[]... chunks) {
    byte[] content = HostilePng.join(chunks);
    byte[] riff = new byte[12 + content.length];
    HostileHeaders.little(riff)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(4 + content.length)
        .put("WEBP".getBytes(StandardCharsets.US_ASCII))
        .put(content);
    return riff;
  }

  static byte[] chunk(String name, byte[] content) {
    byte[] chunk = new byte[8 + content.length + content.length % 2];
    HostileHeaders.little(chunk)
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .putInt(content.length)
        .put(content);
    return chunk;
  }

  static byte[] extended(int flags, int width, int height) {
    ByteBuffer content = HostileHeaders.little(new byte[10]);
    content
        .putInt(flags)
        .putShort((short) (width - 1))
        .put((byte) 0)
        .putShort((short) (height - 1));
    return chunk("VP8X", content.array());
  }

  private static HostileImage file(String name, byte[] bytes) {
    return new HostileImage(name, bytes);
  }
}
