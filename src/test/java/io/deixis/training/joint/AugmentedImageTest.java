package io.deixis.training.joint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.siblings.SiblingPhrases;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.geometry.Box;
import io.deixis.training.matching.Annotations;
import io.deixis.training.matching.TrainingImage;
import io.deixis.training.matching.TrainingPhrase;
import io.deixis.training.proposals.EntityTargets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class AugmentedImageTest {

  private static final BackboneSpec BACKBONE = Architecture.STANDARD.backbone();

  private static final AnnotatedImage IMAGE =
      Annotations.image(
          "1",
          Map.of(
              "1", List.of(new Box(0, 10, 20, 90)),
              "2", List.of(new Box(70, 10, 95, 90))),
          "[/EN#1/people A man] left of [/EN#2/people a man] .");
  private static final TrainingImage PHRASES = TrainingImage.of(IMAGE, new SiblingPhrases());
  private static final UprightImage PIXELS = new UprightImage(100, 100, new byte[30_000]);

  private static AugmentedImage draw(NDManager manager, Random random) {
    return AugmentedImage.draw(
        manager,
        BACKBONE.input(),
        PIXELS,
        PHRASES,
        EntityTargets.of(IMAGE, BACKBONE.entityTypes()),
        random);
  }

  @Test
  void whatItSaysIsTrueOfWhatItShows(NDManager manager) {
    boolean mirrored = false;
    boolean cut = false;
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      AugmentedImage shown = draw(manager, random);
      assertThat(shown.phrases().phrases()).isNotEmpty();
      for (TrainingPhrase phrase : shown.phrases().phrases()) {
        assertThat(phrase.truth()).allMatch(box -> box.x1() >= 0 && box.x2() <= 1);
        String sentence = phrase.mentions().get(0).sentence();
        mirrored |= sentence.contains("right of");
        assertThat(sentence.substring(phrase.mentions().get(0).start())).startsWith(phrase.text());
      }
      cut |= shown.phrases().phrases().size() < 2;
      for (TrainingPhrase relation : shown.phrases().relations()) {
        if (relation.text().equals("the man on the left")) {
          assertThat(relation.truth().get(0).x1()).isLessThan(.35);
        }
        if (relation.text().equals("the man on the right")) {
          assertThat(relation.truth().get(0).x2()).isGreaterThan(.65);
        }
      }
      assertThat(shown.entities().boxes()).hasSameSizeAs(shown.entities().types());
    }
    assertThat(mirrored).isTrue();
    assertThat(cut).isTrue();
  }
}
