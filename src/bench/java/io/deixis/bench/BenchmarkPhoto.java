package io.deixis.bench;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A photo of 500x375 pixels, and variants of it that differ in one small block. */
final class BenchmarkPhoto {

  static final int WIDTH = 500;
  static final int HEIGHT = 375;

  private final BufferedImage image;

  private BenchmarkPhoto(BufferedImage image) {
    this.image = image;
  }

  /** Reads an image file and scales it to the size. */
  static BenchmarkPhoto read(Path file) throws IOException {
    BufferedImage original = ImageIO.read(file.toFile());
    if (original == null) {
      throw new IOException(file + " is not an image that Java reads; name one with bench.photo.");
    }
    BufferedImage scaled = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(original, 0, 0, WIDTH, HEIGHT, null);
    graphics.dispose();
    return new BenchmarkPhoto(scaled);
  }

  /**
   * Returns the photo as JPEG with one 8x8 block turned white, a different one for each number
   * below 2,852: to a cache it is another image.
   */
  byte[] variant(int number) {
    int block = 8;
    int columns = WIDTH / block;
    BufferedImage variant = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = variant.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.fillRect(
        number % columns * block, number / columns % (HEIGHT / block) * block, block, block);
    graphics.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try {
      ImageIO.write(variant, "jpeg", jpeg);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jpeg.toByteArray();
  }
}
