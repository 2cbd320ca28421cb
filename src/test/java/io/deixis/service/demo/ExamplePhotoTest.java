package io.deixis.service.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.answers.ImageMediaType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ExamplePhotoTest {

  private static final Path FOLDER = Path.of("web/public/examples");

  @Test
  void everyPhotoIsThereWithTheTermsOfItsTable() throws Exception {
    List<String> table = Files.readAllLines(FOLDER.resolve("LICENSES.md"));
    assertThat(ExamplePhoto.values())
        .allSatisfy(
            photo ->
                assertThat(table)
                    .contains(
                        "| %s.jpg | %s | %s |".formatted(photo.id(), photo.title(), photo.terms())))
        .allSatisfy(
            photo -> assertThat(ImageMediaType.of(photo.bytes())).contains(ImageMediaType.JPEG));
  }

  @Test
  void everyFileIsInTheTable() throws Exception {
    String table = Files.readString(FOLDER.resolve("LICENSES.md"));
    try (var files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".jpg")))
          .allSatisfy(name -> assertThat(table).contains("| " + name + " |"));
    }
  }

  @Test
  void everyPhotoHasTheSizeThatThePageKeepsFree() {
    assertThat(ExamplePhoto.values())
        .allSatisfy(
            photo -> {
              BufferedImage image = ImageIO.read(new ByteArrayInputStream(photo.bytes()));
              assertThat(image.getWidth()).isEqualTo(photo.width());
              assertThat(image.getHeight()).isEqualTo(photo.height());
            });
  }

  @Test
  void twoCatsAreTheOneAndItsMirrorImage() throws Exception {
    BufferedImage made = TwoCats.faceToFace(ImageIO.read(FOLDER.resolve("chelsea.jpg").toFile()));
    BufferedImage kept = ImageIO.read(FOLDER.resolve("cats.jpg").toFile());
    assertThat(meanDifference(made, kept)).isLessThan(3); // of 255: what JPEG takes away
  }

  private static double meanDifference(BufferedImage one, BufferedImage other) {
    long sum = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          sum +=
              Math.abs((one.getRGB(x, y) >> shift & 0xff) - (other.getRGB(x, y) >> shift & 0xff));
        }
      }
    }
    return sum / (3.0 * one.getWidth() * one.getHeight());
  }

  @Test
  void idIsNoPath() {
    assertThat(ExamplePhoto.of("../application.properties")).isEmpty();
    assertThat(ExamplePhoto.of("TWO_MUGS")).isEmpty();
    assertThat(ExamplePhoto.of("two-mugs")).contains(ExamplePhoto.TWO_MUGS);
  }
}
