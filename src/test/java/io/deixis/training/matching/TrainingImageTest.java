package io.deixis.training.matching;

import static io.deixis.training.matching.Annotations.image;
import static io.deixis.training.matching.Annotations.standingAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.siblings.SiblingPhrases;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.geometry.Box;
import io.deixis.training.images.Augmentation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingImageTest {

  private final TrainingImage image =
      TrainingImage.of(
          image(
              "17",
              Map.of("1", List.of(standingAt(0)), "2", List.of(standingAt(30), standingAt(70))),
              "[/EN#1/people A man] with [/EN#2/clothing hats] in [/EN#3/scene a field] .",
              "[/EN#1/people a man] raises [/EN#1/bodyparts his left hand] .",
              "[/EN#2/other A man] ."),
          new SiblingPhrases());

  private static final Augmentation MIRROR = new Augmentation(new Box(0, 0, 1, 1), true, 1, 1, 1);

  @Test
  void phrasesAreDistinctByTextAndChain() {
    assertThat(image.key()).isEqualTo("17");
    assertThat(image.phrases())
        .extracting(TrainingPhrase::text)
        .containsExactly("a man", "hats", "his left hand", "a man");
  }

  @Test
  void aPhraseSaidTwiceWeighsTheRootOfTwo() {
    assertThat(image.phrases().get(0).weight()).isCloseTo((float) Math.sqrt(2), within(1e-6f));
    assertThat(image.phrases().get(1).weight()).isEqualTo(1);
  }

  @Test
  void siblingsSayAnotherThingInTheSameSentence() {
    List<ContextualPhrase> siblings =
        image.phrases().stream().flatMap(phrase -> phrase.siblings().stream()).toList();

    assertThat(siblings).isNotEmpty();
    for (ContextualPhrase sibling : siblings) {
      assertThat(sibling.sentence().substring(sibling.start(), sibling.end()))
          .isEqualTo(sibling.text());
      assertThat(sibling.text()).doesNotMatch(".*\\b(man|hats|hand)\\b.*");
    }
    assertThat(siblings)
        .extracting(ContextualPhrase::sentence)
        .allMatch(sentence -> sentence.matches(".* with .* in a field \\.|.* raises .*|.* \\."));
  }

  @Test
  void truthIsInUnitsOfTheSides() {
    assertThat(image.phrases().get(0).truth()).containsExactly(new Box(0, 0, .2, .8));
    assertThat(image.phrases().get(1).truth()).hasSize(2);
  }

  @Test
  void contentIsOfAllPhrasesWithOrWithoutBox() {
    assertThat(image.content()).containsExactlyInAnyOrder("man", "hats", "field", "left", "hand");
  }

  @Test
  void aMirrorSwapsSidesInBoxesAndWords() {
    TrainingImage mirrored = image.seen(MIRROR);

    assertThat(mirrored.phrases())
        .extracting(TrainingPhrase::text)
        .containsExactly("a man", "hats", "his right hand", "a man");
    assertThat(mirrored.phrases().get(0).truth()).containsExactly(new Box(.8, 0, 1, .8));
    assertThat(mirrored.phrases().get(0).weight()).isEqualTo(image.phrases().get(0).weight());
    assertThat(mirrored.content()).contains("right", "hand").doesNotContain("left");
  }

  @Test
  void aMirrorsRelationsAreTrueOfIt() {
    TrainingImage mirrored =
        TrainingImage.of(
                image(
                    "1",
                    Map.of("1", List.of(standingAt(0)), "2", List.of(standingAt(70))),
                    "[/EN#1/people A man] and [/EN#2/people a man] ."),
                new SiblingPhrases())
            .seen(MIRROR);

    assertThat(mirrored.relations())
        .filteredOn(phrase -> phrase.text().equals("the man on the right"))
        .singleElement()
        .satisfies(phrase -> assertThat(phrase.truth()).containsExactly(new Box(.8, 0, 1, .8)));
  }

  @Test
  void boxesThatTheCropCutsOffAreNotLearntFrom() {
    TrainingImage rightPart = image.seen(new Augmentation(new Box(.5, 0, 1, 1), false, 1, 1, 1));

    assertThat(rightPart.phrases())
        .extracting(TrainingPhrase::text)
        .containsExactly("hats", "a man");
    assertThat(rightPart.phrases().get(0).truth()).hasSize(1);
  }

  @Test
  void theSecondViewHasSiblingsOfItsOwn() {
    AnnotatedImage annotated =
        image(
            "1",
            Map.of("1", List.of(standingAt(0)), "2", List.of(standingAt(70))),
            "[/EN#1/people A man in a red coat] and [/EN#2/animals a brown dog] .");
    SiblingPhrases siblings = new SiblingPhrases();

    TrainingImage first = TrainingImage.of(annotated, siblings);
    TrainingImage second = TrainingImage.ofSecondView(annotated, siblings, false);

    assertThat(second.key()).isEqualTo("1-second");
    assertThat(siblings(second)).isNotEmpty().isNotEqualTo(siblings(first));
  }

  @Test
  void theSecondViewSaysTheSameInOtherWords() {
    AnnotatedImage annotated =
        image(
            "1",
            Map.of("1", List.of(standingAt(0))),
            "[/EN#1/people A man in a gray coat] and [/EN#1/people a small child on a bicycle] .");
    SiblingPhrases none = new SiblingPhrases(SiblingPhrases.kinds());

    TrainingImage second = TrainingImage.ofSecondView(annotated, none, true);

    assertThat(second).isEqualTo(TrainingImage.ofSecondView(annotated, none, true));
    assertThat(second.phrases())
        .hasSize(2)
        .allSatisfy(
            phrase ->
                assertThat(phrase.mentions())
                    .allSatisfy(
                        mention ->
                            assertThat(mention.sentence().substring(mention.start(), mention.end()))
                                .isEqualTo(phrase.text())))
        .extracting(TrainingPhrase::text)
        .isNotEqualTo(
            TrainingImage.of(annotated, none).phrases().stream()
                .map(TrainingPhrase::text)
                .toList());
    assertThat(second.content()).contains("man", "child", "bicycle");
  }

  private static List<String> siblings(TrainingImage image) {
    return image.phrases().stream()
        .flatMap(phrase -> phrase.siblings().stream())
        .map(ContextualPhrase::text)
        .sorted()
        .toList();
  }
}
