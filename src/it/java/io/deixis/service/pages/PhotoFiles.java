package io.deixis.service.pages;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Photos for uploads, made of an example photo. */
final class PhotoFiles {

  /** A photo that a person's disk may hold. */
  static final Path COFFEE = Path.of("web/public/examples/coffee.jpg");

  /** As a camera writes it that was held upright: turn by 90 degrees clockwise to see it. */
  private static final int TURNED = 6;

  private PhotoFiles() {}

  /** Writes the coffee photo {@code times} as wide and high, as JPEG. */
  static Path enlarged(Path file, int times) throws IOException {
    BufferedImage photo = ImageIO.read(COFFEE.toFile());
    AffineTransform larger = AffineTransform.getScaleInstance(times, times);
    return write(file, drawn(photo, photo.getWidth() * times, photo.getHeight() * times, larger));
  }

  /**
   * Writes the coffee photo {@code times} as wide and high, its pixels lying on their side and an
   * EXIF orientation that says so.
   */
  static Path enlargedOnItsSide(Path file, int times) throws IOException {
    BufferedImage photo = ImageIO.read(COFFEE.toFile());
    AffineTransform turn = new AffineTransform();
    turn.translate(0, photo.getWidth() * times);
    turn.quadrantRotate(-1);
    turn.scale(times, times);
    int width = photo.getHeight() * times;
    int height = photo.getWidth() * times;
    write(file, drawn(photo, width, height, turn));
    byte[] jpeg = Files.readAllBytes(file);
    byte[] exif = exif();
    ByteBuffer tagged = ByteBuffer.allocate(jpeg.length + exif.length);
    tagged.put(jpeg, 0, 2).put(exif).put(jpeg, 2, jpeg.length - 2); // after the start of image
    return Files.write(file, tagged.array());
  }

  private static BufferedImage drawn(
      BufferedImage photo, int width, int height, AffineTransform transform) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.drawImage(photo, transform, null);
    graphics.dispose();
    return image;
  }

  private static Path write(Path file, BufferedImage image) throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", jpeg);
    return Files.write(file, jpeg.toByteArray());
  }

  /** An APP1 segment with one directory of one entry. */
  private static byte[] exif() {
    ByteBuffer segment = ByteBuffer.allocate(36);
    segment.putShort((short) 0xffe1).putShort((short) 34);
    segment.put("Exif\0\0MM".getBytes(StandardCharsets.US_ASCII));
    segment.putShort((short) 42).putInt(8).putShort((short) 1);
    segment.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) TURNED);
    return segment.array();
  }
}
