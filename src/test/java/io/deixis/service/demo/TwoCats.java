package io.deixis.service.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Makes the example photo of two of a kind, {@code cats.jpg}: the cat of {@code chelsea.jpg} and
 * its mirror image face to face, faded into each other where both are out of focus. From the root
 * of the repository:
 *
 * <pre>java src/test/java/io/deixis/service/demo/TwoCats.java</pre>
 */
final class TwoCats {

  /** Columns of pixels over which the one fades into the other. */
  private static final int SEAM = 75;

  private static final float JPEG_QUALITY = 0.9f;

  private TwoCats() {}

  /** Writes the photo. */
  public static void main(String[] arguments) throws IOException {
    Path examples = Path.of("web", "public", "examples");
    BufferedImage cat = ImageIO.read(examples.resolve("chelsea.jpg").toFile());
    write(faceToFace(cat), examples.resolve("cats.jpg"));
  }

  /** Returns {@code cat} beside its mirror image, as high and not quite twice as wide. */
  static BufferedImage faceToFace(BufferedImage cat) {
    int width = 2 * cat.getWidth() - SEAM;
    BufferedImage both = new BufferedImage(width, cat.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < both.getHeight(); y++) {
      for (int x = 0; x < width; x++) {
        int left = cat.getRGB(Math.min(x, cat.getWidth() - 1), y);
        int right = cat.getRGB(Math.min(width - 1 - x, cat.getWidth() - 1), y);
        both.setRGB(x, y, mixed(left, right, shareOfRight(x, cat.getWidth())));
      }
    }
    return both;
  }

  /** Rises from 0 to 1 over the seam, with no edge at either end. */
  private static double shareOfRight(int x, int catWidth) {
    double way = (x + 0.5 - (catWidth - SEAM)) / SEAM;
    double within = Math.max(0, Math.min(1, way));
    return within * within * (3 - 2 * within);
  }

  private static int mixed(int left, int right, double share) {
    int rgb = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      double mean = (left >> shift & 0xff) * (1 - share) + (right >> shift & 0xff) * share;
      rgb |= (int) Math.round(mean) << shift;
    }
    return rgb;
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam quality = writer.getDefaultWriteParam();
    quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    quality.setCompressionQuality(JPEG_QUALITY);
    Files.deleteIfExists(file);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), quality);
    } finally {
      writer.dispose();
    }
  }
}
