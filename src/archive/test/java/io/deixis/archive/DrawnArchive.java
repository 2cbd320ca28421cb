package io.deixis.archive;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Folders of drawn photos, some of which cannot be grounded. */
final class DrawnArchive {

  /** Half of a photo. */
  static final String DAMAGED = "damaged.png";

  /** A photo that says it has 60,000 x 60,000 pixels. */
  static final String HUGE = "huge.png";

  /** A folder whose name is a pattern and an escape to others. */
  static final String ODD = "odd [1] 100%20 {é}";

  /** Photos with such names. */
  static final List<String> ODD_PHOTOS =
      List.of("_DSC0001.png", "a b%20c.PNG", "12:30.png", "Größe*?.png", "_folder/x.png");

  private DrawnArchive() {}

  /** Draws {@code photos} good photos, no two alike, and the two bad ones. */
  static Path draw(Path folder, int photos) throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < photos; i++) {
      Path year = Files.createDirectories(folder.resolve("of " + i % 3));
      Files.write(year.resolve("photo-%04d.png".formatted(i)), photo(random));
    }
    byte[] photo = photo(random);
    Files.write(folder.resolve(DAMAGED), Arrays.copyOf(photo, photo.length / 2));
    Files.write(folder.resolve(HUGE), huge());
    return folder;
  }

  /** Returns a drawn photo's bytes. */
  static byte[] photo(Random random) throws IOException {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 6; i++) {
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      graphics.fillRect(random.nextInt(50), random.nextInt(36), 14, 12);
    }
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private static byte[] huge() throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(header);
    data.write("IHDR".getBytes(StandardCharsets.US_ASCII));
    data.writeInt(60_000);
    data.writeInt(60_000);
    data.write(new byte[] {8, 2, 0, 0, 0});
    CRC32 checksum = new CRC32();
    checksum.update(header.toByteArray());
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(png);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    out.writeInt(13);
    out.write(header.toByteArray());
    out.writeInt((int) checksum.getValue());
    return png.toByteArray();
  }
}
