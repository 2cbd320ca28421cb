package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of one's own: no Quarkus is started here. */
class EmbeddedGrounderTest {

  @TempDir private Path models;

  @Test
  void groundsPhrasesInAnImage() throws IOException {
    ByteArrayOutputStream photo = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(80, 50, BufferedImage.TYPE_INT_RGB), "png", photo);

    try (EmbeddedGrounder grounder = EmbeddedGrounder.open(SmallBundle.write(models))) {
      var answer = grounder.ground(photo.toByteArray(), "a dog", "a car");

      assertThat(answer.width()).isEqualTo(80);
      assertThat(answer.model().name()).isEqualTo(SmallBundle.NAME);
      assertThat(answer.phrases())
          .extracting(grounded -> grounded.phrase().text())
          .containsExactly("a dog", "a car");
      for (GroundedPhrase phrase : answer.phrases()) {
        assertThat(phrase.boxes()).allSatisfy(box -> assertThat(box.score()).isBetween(0.4, 1.0));
      }
      assertThatThrownBy(() -> grounder.ground(new byte[] {1, 2, 3}, "a dog"))
          .isInstanceOf(GroundingException.class);
    }
  }

  @Test
  void saysWhatIsWrongWithABundle() {
    assertThatThrownBy(() -> EmbeddedGrounder.open(models.resolve("none")))
        .isInstanceOf(GroundingException.class)
        .hasMessageContaining("There is no model bundle");
  }
}
