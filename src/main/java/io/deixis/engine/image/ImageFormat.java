package io.deixis.engine.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** The encoded formats that are read, told apart by their first bytes. */
enum ImageFormat {
  JPEG(new JpegContainer(), registered(new JPEGImageReaderSpi()), "\u00FF\u00D8\u00FF"),
  PNG(new PngContainer(), ofJdk("png"), "\u0089PNG\r\n\u001A\n"),
  WEBP(new WebpContainer(), new WebPImageReaderSpi(), "RIFF????WEBP"),
  GIF(new GifContainer(), ofJdk("gif"), "GIF87a", "GIF89a"),
  // After the two letters stand three numbers and the size of the header, one of those known.
  BMP(
      new BmpContainer(),
      ofJdk("bmp"),
      IntStream.of(12, 40, 52, 56, 108, 124)
          .mapToObj(size -> "BM????????????" + (char) size + "\0\0\0")
          .toArray(String[]::new));

  /** The WebP reader looks 8 bytes ahead of what it decodes, and never finds an end. */
  private static final int WEBP_PADDING = 16;

  /** Checks the format's structure. */
  final Container container;

  /** Makes readers of the format's pixels. */
  final ImageReaderSpi pixels;

  /** One character a byte; a question mark stands for any. */
  private final String[] signatures;

  ImageFormat(Container container, ImageReaderSpi pixels, String... signatures) {
    this.container = container;
    this.pixels = pixels;
    this.signatures = signatures;
  }

  /** Returns the format whose signature the bytes start with. */
  static Optional<ImageFormat> of(byte[] encoded) {
    String start =
        new String(encoded, 0, Math.min(encoded.length, 32), StandardCharsets.ISO_8859_1);
    return Arrays.stream(values()).filter(format -> format.signs(start)).findFirst();
  }

  /** Opens the stream that those readers read from. */
  ImageInputStream open(byte[] encoded, DecodingTime time) throws IIOException {
    byte[] bytes = this == JPEG ? JpegProfile.fitting(encoded) : encoded;
    return new EncodedStream(bytes, this == WEBP ? WEBP_PADDING : 0, time);
  }

  private boolean signs(String start) {
    return Arrays.stream(signatures).anyMatch(signature -> matches(signature, start));
  }

  private static boolean matches(String signature, String start) {
    return start.length() >= signature.length()
        && IntStream.range(0, signature.length())
            .allMatch(i -> signature.charAt(i) == '?' || signature.charAt(i) == start.charAt(i));
  }

  /** The TwelveMonkeys JPEG reader wraps the JDK's, which it looks up when it is registered. */
  private static ImageReaderSpi registered(ImageReaderSpi provider) {
    IIORegistry.getDefaultInstance().registerServiceProvider(provider, ImageReaderSpi.class);
    return provider;
  }

  /** The JDK's own readers are always registered, whatever class loader asks. */
  private static ImageReaderSpi ofJdk(String name) {
    return ImageIO.getImageReadersByFormatName(name).next().getOriginatingProvider();
  }
}
