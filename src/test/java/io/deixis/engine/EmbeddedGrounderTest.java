package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.requests.RequestDraft;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  void goesBySettingsOfItsOwn() throws IOException {
    ByteArrayOutputStream photo = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(100, 50, BufferedImage.TYPE_INT_RGB), "png", photo);
    RequestDraft draft =
        new RequestDraft(
            photo.toByteArray(), "phrase", List.of("a dog"), null, null, null, null, null);

    try (EmbeddedGrounder grounder =
        EmbeddedGrounder.open(
            SmallBundle.write(models),
            Map.of("deixis.thresholds.all", "1", "deixis.limits.image-pixels", "5000"))) {
      assertThat(grounder.model().name()).isEqualTo(SmallBundle.NAME);
      GroundedPhrase phrase =
          grounder.service().ground(draft, RequestContext.NONE).phrases().get(0);
      assertThat(phrase.state()).isPresent();
      assertThat(phrase.boxes()).isEmpty();
    }
    try (EmbeddedGrounder grounder =
        EmbeddedGrounder.open(
            models.resolve(SmallBundle.NAME), Map.of("deixis.limits.image-pixels", "4999"))) {
      assertThatThrownBy(() -> grounder.service().ground(draft, RequestContext.NONE))
          .isInstanceOf(GroundingException.class)
          .hasMessageContaining("pixels");
    }
  }

  @Test
  void saysWhatIsWrongWithABundle() {
    assertThatThrownBy(() -> EmbeddedGrounder.open(models.resolve("none")))
        .isInstanceOf(GroundingException.class)
        .hasMessageContaining("There is no model bundle");
  }
}
