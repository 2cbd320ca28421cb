package io.deixis.training.proposals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntitySentence;
import io.deixis.engine.bundle.Architecture;
import io.deixis.geometry.Box;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EntityTargetsTest {

  private static final List<String> TYPES = Architecture.STANDARD.backbone().entityTypes();
  private static final Box MAN = new Box(0, 0, 50, 100);
  private static final Box HAT = new Box(50, 10, 100, 20);

  private static AnnotatedImage image(Map<String, List<Box>> boxes, String... sentences) {
    return new AnnotatedImage(
        "1",
        200,
        100,
        boxes,
        Set.of(),
        Set.of(),
        Stream.of(sentences).map(EntitySentence::parse).toList());
  }

  private static EntityTargets targets(AnnotatedImage image) {
    return EntityTargets.of(image, TYPES);
  }

  private static List<String> types(EntityTargets targets, int box) {
    return TYPES.stream().filter(type -> targets.types().get(box)[TYPES.indexOf(type)]).toList();
  }

  @Test
  void boxesAreInUnitsOfTheSides() {
    EntityTargets targets = targets(image(Map.of("1", List.of(MAN)), "[/EN#1/people A man] ."));

    assertThat(targets.boxes()).containsExactly(new Box(0, 0, .25, 1));
    assertThat(types(targets, 0)).containsExactly("people");
  }

  @Test
  void equalBoxesAreOneWithTheTypesOfBothChains() {
    EntityTargets targets =
        targets(
            image(
                Map.of("1", List.of(MAN), "2", List.of(MAN)),
                "[/EN#1/people A man] is [/EN#2/other a pair] ."));

    assertThat(targets.boxes()).hasSize(1);
    assertThat(types(targets, 0)).containsExactly("people", "other");
  }

  @Test
  void sentencesMayGiveAChainSeveralTypes() {
    EntityTargets targets =
        targets(
            image(
                Map.of("1", List.of(MAN, HAT)),
                "[/EN#1/people A man] .",
                "[/EN#1/clothing/vehicles A thing] ."));

    assertThat(targets.boxes()).hasSize(2);
    assertThat(types(targets, 0)).containsExactly("people", "clothing", "vehicles");
    assertThat(types(targets, 1)).containsExactly("people", "clothing", "vehicles");
  }

  @Test
  void unknownTypesAndChainsWithoutPhraseHaveABoxAlone() {
    EntityTargets targets =
        targets(image(Map.of("1", List.of(MAN), "2", List.of(HAT)), "[/EN#1/notvisual A man] ."));

    assertThat(targets.boxes()).hasSize(2);
    assertThat(types(targets, 0)).isEmpty();
    assertThat(types(targets, 1)).isEmpty();
  }

  @Test
  void aMirrorSwapsLeftAndRight() {
    EntityTargets mirrored =
        targets(image(Map.of("1", List.of(HAT)), "[/EN#1/clothing A hat] .")).mirrored();

    Box box = mirrored.boxes().get(0);
    assertThat(box.x1()).isCloseTo(.5, within(1e-12));
    assertThat(box.x2()).isCloseTo(.75, within(1e-12));
    assertThat(box.y1()).isEqualTo(.1);
    assertThat(box.y2()).isEqualTo(.2);
    assertThat(types(mirrored, 0)).containsExactly("clothing");
  }
}
