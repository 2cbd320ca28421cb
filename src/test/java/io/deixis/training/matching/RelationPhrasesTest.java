package io.deixis.training.matching;

import static io.deixis.training.matching.Annotations.image;
import static io.deixis.training.matching.Annotations.standingAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.geometry.Box;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelationPhrasesTest {

  private static final Box FAR_LEFT = standingAt(0).scaled(.01, .01);
  private static final Box FAR_RIGHT = standingAt(70).scaled(.01, .01);

  private static List<Box> truth(AnnotatedImage image, String text) {
    return RelationPhrases.of(image).stream()
        .filter(phrase -> phrase.text().equals(text))
        .flatMap(phrase -> phrase.truth().stream())
        .toList();
  }

  private static List<String> texts(AnnotatedImage image) {
    return RelationPhrases.of(image).stream().map(TrainingPhrase::text).toList();
  }

  private static AnnotatedImage twoMen(double first, double second) {
    return image(
        "1",
        Map.of("1", List.of(standingAt(first)), "2", List.of(standingAt(second))),
        "[/EN#1/people A man] greets [/EN#2/people a tall man] .");
  }

  @Test
  void tellsTwoMenApartBySide() {
    AnnotatedImage image = twoMen(70, 0);

    assertThat(truth(image, "the man on the left")).containsExactly(FAR_LEFT);
    assertThat(truth(image, "the man on the right")).containsExactly(FAR_RIGHT);
    assertThat(truth(image, "left man")).containsExactly(FAR_LEFT);
    assertThat(truth(image, "the rightmost man")).containsExactly(FAR_RIGHT);
    assertThat(truth(image, "the person on the left")).containsExactly(FAR_LEFT);
  }

  @Test
  void theSameImageGivesTheSameList() {
    assertThat(RelationPhrases.of(twoMen(0, 70))).isEqualTo(RelationPhrases.of(twoMen(0, 70)));
  }

  @Test
  void saysNothingWhereTheOutermostIsNotClear() {
    // centres 11 hundredths apart, then 13
    assertThat(RelationPhrases.of(twoMen(40, 51))).isEmpty();
    assertThat(RelationPhrases.of(twoMen(40, 53))).isNotEmpty();
  }

  @Test
  void ofThreeOnlyTheClearSideIsSaid() {
    AnnotatedImage image =
        image(
            "1",
            Map.of(
                "1",
                List.of(standingAt(0)),
                "2",
                List.of(standingAt(62)),
                "3",
                List.of(standingAt(70))),
            "[/EN#1/animals A dog] , [/EN#2/animals a dog] and [/EN#3/animals a dog] .");

    assertThat(truth(image, "the dog on the left")).containsExactly(FAR_LEFT);
    assertThat(truth(image, "the dog on the right")).isEmpty();
  }

  @Test
  void saysNothingOfASingleThing() {
    assertThat(
            RelationPhrases.of(
                image("1", Map.of("1", List.of(standingAt(0))), "[/EN#1/people A man] .")))
        .isEmpty();
  }

  @Test
  void aPluralWithABoxEachIsSeveralSingleThings() {
    AnnotatedImage image =
        image(
            "1",
            Map.of("1", List.of(standingAt(70), standingAt(0))),
            "[/EN#1/people Two men] talk .");

    assertThat(truth(image, "the man on the left")).containsExactly(FAR_LEFT);
    assertThat(texts(image)).noneMatch(text -> text.contains("men "));
  }

  @Test
  void leavesGroupsOut() {
    AnnotatedImage pluralWithOneBox =
        image(
            "1",
            Map.of("1", List.of(standingAt(0)), "2", List.of(standingAt(70))),
            "[/EN#1/people Two men] face [/EN#2/people a man] .");
    AnnotatedImage crowd =
        image(
            "2",
            Map.of("1", List.of(standingAt(0)), "2", List.of(standingAt(70))),
            "[/EN#1/people A crowd] faces [/EN#2/people a man] .");

    assertThat(RelationPhrases.of(pluralWithOneBox)).isEmpty();
    assertThat(RelationPhrases.of(crowd)).isEmpty();
  }

  @Test
  void oneThingInTwoChainsCountsOnce() {
    AnnotatedImage image =
        image(
            "1",
            Map.of("1", List.of(standingAt(0)), "2", List.of(standingAt(1))),
            "[/EN#1/people A man] is [/EN#2/people a man] .");

    assertThat(RelationPhrases.of(image)).isEmpty();
  }

  @Test
  void aKindIncludesWhatItIsAlsoCalled() {
    AnnotatedImage image =
        image(
            "1",
            Map.of("1", List.of(standingAt(0)), "2", List.of(standingAt(70))),
            "[/EN#1/people A boy] and [/EN#2/people a girl] .");

    assertThat(truth(image, "the child on the right")).containsExactly(FAR_RIGHT);
    assertThat(truth(image, "the boy on the left")).isEmpty();
  }
}
