package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.answers.AnsweredPhoto;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.ScoredBox;
import io.deixis.grounding.Timings;
import io.deixis.language.Phrase;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngWriterTest {

  private static final Color GREEN = new Color(10, 200, 30);

  private final PngWriter writer =
      new PngWriter(
          new SmallRyeConfigBuilder()
              .addDiscoveredConverters()
              .withMapping(GroundingLimits.class)
              .build()
              .getConfigMapping(GroundingLimits.class));

  @Test
  void boxesAreDrawnOverThePhoto() throws IOException {
    BufferedImage drawn = drawn(400, 300, 400, 300);

    assertThat(drawn.getWidth()).isEqualTo(400);
    assertThat(drawn.getHeight()).isEqualTo(300);
    assertThat(new Color(drawn.getRGB(5, 295))).isEqualTo(GREEN);
    Color edge = new Color(drawn.getRGB(100, 200));
    assertThat(edge.getRed()).as("the orange of the first phrase").isGreaterThan(200);
    assertThat(new Color(drawn.getRGB(200, 210)).getRed()).as("its fill").isBetween(20, 60);
    assertThat(new Color(drawn.getRGB(380, 20))).as("a box below the threshold").isEqualTo(GREEN);
  }

  @Test
  void aLargePhotoIsDrawnSmaller() throws IOException {
    BufferedImage drawn = drawn(3000, 1000, 3000, 1000);

    assertThat(drawn.getWidth()).isEqualTo(PngWriter.LONGEST_SIDE);
    assertThat(drawn.getHeight()).isEqualTo(683);
    assertThat(new Color(drawn.getRGB(2000, 600))).isEqualTo(GREEN);
  }

  private BufferedImage drawn(int photoWidth, int photoHeight, int width, int height)
      throws IOException {
    GroundingAnswer answer =
        new GroundingAnswer(
            new GroundingAnswer.ImageSize(width, height),
            Optional.empty(),
            Optional.empty(),
            0.5,
            List.of(
                new GroundedPhrase(
                    Phrase.of("a cat"),
                    0.8,
                    List.of(
                        new ScoredBox(new Box(100, 100, 300, 280), 0.8),
                        new ScoredBox(new Box(360, 10, 390, 30), 0.3)))),
            new GroundingAnswer.ModelReference("test", "2"),
            new Timings(Map.of(), 1, false));
    byte[] png =
        writer.write(
            new AnsweredPhoto(Optional.empty(), 1, photo(photoWidth, photoHeight), answer));
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static byte[] photo(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, GREEN.getRGB());
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }
}
