package io.deixis.engine.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The encoded formats that are read, recognised by their first bytes. */
enum ImageFormat {
  JPEG(new JpegContainer(), "\u00FF\u00D8\u00FF"),
  PNG(new PngContainer(), "\u0089PNG\r\n\u001A\n"),
  WEBP(new WebpContainer(), "RIFF????WEBP"),
  GIF(new GifContainer(), "GIF87a", "GIF89a"),
  // After the two letters stand three numbers and the size of the header, one of those known.
  BMP(
      new BmpContainer(),
      IntStream.of(12, 16, 40, 52, 56, 64, 108, 124)
          .mapToObj(size -> "BM????????????" + (char) size + "\0\0\0")
          .toArray(String[]::new)),
  TIFF(new TiffContainer(), "II*\0", "MM\0*");

  /** Formats that photos come in and that are not read here. */
  private static final Map<String, String> UNREAD =
      Map.of(
          "????ftyphe", "HEIC",
          "????ftypm?f1", "HEIC",
          "????ftypavi", "AVIF",
          "\0\0\0\fJXL ", "JPEG XL",
          "\u00FF\n", "JPEG XL",
          "\0\0\0\fjP  ", "JPEG 2000",
          "II+\0", "BigTIFF",
          "MM\0+", "BigTIFF");

  final Container container;

  /** One character a byte; a question mark stands for any. */
  private final String[] signatures;

  ImageFormat(Container container, String... signatures) {
    this.container = container;
    this.signatures = signatures;
  }

  /** Returns the format whose signature the bytes start with. */
  static Optional<ImageFormat> of(byte[] encoded) {
    String start = start(encoded);
    return Arrays.stream(values()).filter(format -> format.signs(start)).findFirst();
  }

  /** Returns the name of a format that is not read here, if the bytes start as one of those. */
  static Optional<String> unread(byte[] encoded) {
    String start = start(encoded);
    return UNREAD.keySet().stream()
        .filter(signature -> matches(signature, start))
        // A file of both families names the one that it has in its list of compatible brands.
        .map(signature -> start.contains("avif") ? "AVIF" : UNREAD.get(signature))
        .findFirst();
  }

  private static String start(byte[] encoded) {
    return new String(encoded, 0, Math.min(encoded.length, 32), StandardCharsets.ISO_8859_1);
  }

  private boolean signs(String start) {
    return Arrays.stream(signatures).anyMatch(signature -> matches(signature, start));
  }

  private static boolean matches(String signature, String start) {
    return start.length() >= signature.length()
        && IntStream.range(0, signature.length())
            .allMatch(i -> signature.charAt(i) == '?' || signature.charAt(i) == start.charAt(i));
  }
}
