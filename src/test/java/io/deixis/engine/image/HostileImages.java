package io.deixis.engine.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes files that are cut, damaged, or lie about themselves, of every format that is read; the
 * same for the same seed.
 *
 * @param seed of what is random
 * @param flips damaged copies of each whole picture
 * @param bombPixels about how many pixels the pictures have that are small as files; to pass the
 *     header's check they should be just below the limit of who decodes them
 */
public record HostileImages(long seed, int flips, int bombPixels) {

  private static final List<String> SIGNATURES =
      List.of(
          "\u00FF\u00D8\u00FF\u00E0",
          "\u0089PNG\r\n\u001A\n",
          "RIFF\0\0\1\0WEBP",
          "GIF87a",
          "GIF89a");

  /** Returns all files, one after another. */
  public Stream<HostileImage> stream() {
    return Stream.<Stream<HostileImage>>of(
            cuts(),
            flipped(),
            overwritten(),
            misnamed(),
            noise(),
            HostileHeaders.stream(),
            HostilePng.stream(bombPixels),
            HostileJpeg.stream(bombPixels),
            HostileExif.stream(),
            HostileTiff.stream(),
            HostileWebp.stream(bombPixels),
            HostileBitmaps.stream(bombPixels))
        .flatMap(files -> files);
  }

  /** Returns whole pictures: those of {@link TestPictures}, and larger ones with some detail. */
  static Map<String, byte[]> whole() {
    Map<String, byte[]> whole = new LinkedHashMap<>(TestPictures.all());
    for (String webp :
        List.of(
            "alpha.webp",
            "animated.webp",
            "quarter-turn.webp",
            "drawn-lossy-alpha.webp",
            "drawn-lossless-alpha.webp")) {
      whole.put(webp, TestPictures.resource(webp));
    }
    for (String format : List.of("jpg", "png", "gif", "bmp")) {
      whole.put("detailed." + format, TestPictures.encode(format, detailed()));
    }
    return whole;
  }

  private static BufferedImage detailed() {
    BufferedImage image = new BufferedImage(160, 120, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      graphics.fillOval(random.nextInt(160), random.nextInt(120), 24, 24);
    }
    graphics.dispose();
    return image;
  }

  /** Every sixteenth of every format, and the last byte alone. */
  private static Stream<HostileImage> cuts() {
    return whole().entrySet().stream()
        .flatMap(
            picture -> {
              byte[] bytes = picture.getValue();
              return IntStream.concat(
                      IntStream.range(1, 16).map(part -> bytes.length * part / 16),
                      IntStream.of(bytes.length - 1))
                  .mapToObj(
                      length ->
                          new HostileImage(
                              "cut-to-" + length + "-" + picture.getKey(),
                              Arrays.copyOf(bytes, length)));
            });
  }

  /** From one to eight bits flipped. */
  private Stream<HostileImage> flipped() {
    Random random = new Random(seed);
    return whole().entrySet().stream()
        .flatMap(
            picture ->
                IntStream.range(0, flips)
                    .mapToObj(
                        i -> {
                          byte[] bytes = picture.getValue().clone();
                          for (int bits = 1 << i % 4; bits > 0; bits--) {
                            int bit = random.nextInt(8 * bytes.length);
                            bytes[bit / 8] ^= (byte) (1 << bit % 8);
                          }
                          return new HostileImage("flipped-" + i + "-" + picture.getKey(), bytes);
                        }));
  }

  /** A run of bytes in the first 512, where the headers are, set to what lengths break at. */
  private Stream<HostileImage> overwritten() {
    Random random = new Random(seed + 1);
    int[] values = {0x00, 0xFF, 0x7F, 0x80};
    return whole().entrySet().stream()
        .flatMap(
            picture ->
                IntStream.range(0, flips / 2)
                    .mapToObj(
                        i -> {
                          byte[] bytes = picture.getValue().clone();
                          int start = random.nextInt(Math.min(512, bytes.length));
                          int end = Math.min(bytes.length, start + 1 + random.nextInt(8));
                          Arrays.fill(bytes, start, end, (byte) values[i % values.length]);
                          return new HostileImage(
                              "overwritten-" + i + "-" + picture.getKey(), bytes);
                        }));
  }

  private static Stream<HostileImage> misnamed() {
    List<String> others = List.of("png", "jpg", "gif", "bmp", "webp", "txt", "svg");
    return TestPictures.all().entrySet().stream()
        .flatMap(
            picture ->
                others.stream()
                    .map(
                        other ->
                            new HostileImage(
                                "misnamed-" + picture.getKey() + "." + other, picture.getValue())));
  }

  /** Nothing, other formats, and noise behind each format's first bytes. */
  private Stream<HostileImage> noise() {
    Random random = new Random(seed + 2);
    Stream<HostileImage> others =
        Stream.of("", "\0", "BM", "%PDF-1.7", "<svg xmlns='http://www.w3.org/2000/svg'/>", "II*\0")
            .map(text -> new HostileImage("other-" + text.length() + ".jpg", latin(text)));
    Stream<HostileImage> signed =
        Stream.concat(SIGNATURES.stream(), Stream.of("BM\0\0\0\0\0\0\0\0\66\0\0\0\50\0\0\0"))
            .flatMap(
                signature ->
                    IntStream.range(0, Math.max(4, flips / 4))
                        .mapToObj(
                            i -> {
                              byte[] bytes = new byte[16 << i % 8];
                              random.nextBytes(bytes);
                              byte[] start = latin(signature);
                              System.arraycopy(
                                  start, 0, bytes, 0, Math.min(start.length, bytes.length));
                              return new HostileImage(
                                  "noise-%d-%d".formatted(i, SIGNATURES.indexOf(signature)), bytes);
                            }));
    return Stream.concat(others, signed);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
