package io.deixis.training.matching;

import static io.deixis.training.matching.Annotations.image;
import static io.deixis.training.matching.Annotations.standingAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.dataset.siblings.SiblingPhrases;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeWeightsTest {

  /** Four phrases of people, one of body parts, one that is both. */
  private static final TrainingImage IMAGE =
      TrainingImage.of(
          image(
              "1",
              Map.of("1", List.of(standingAt(0)), "2", List.of(standingAt(30))),
              "[/EN#1/people A man] , [/EN#1/people he] and [/EN#1/people a guy] .",
              "[/EN#2/people/bodyparts A face] and [/EN#2/bodyparts a nose] ."),
          new SiblingPhrases());

  private static float weight(TypeWeights weights, int phrase) {
    return weights.of(IMAGE.phrases().get(phrase));
  }

  @Test
  void theMostFrequentTypeCountsOnce() {
    TypeWeights weights = TypeWeights.of(List.of(IMAGE), 0.5f);

    assertThat(weight(weights, 0)).isEqualTo(1);
  }

  @Test
  void aRareTypeCountsByThePowerOfItsRarity() {
    TypeWeights weights = TypeWeights.of(List.of(IMAGE), 0.5f);

    assertThat(weight(weights, 4)).isCloseTo((float) Math.sqrt(2), within(1e-6f));
    assertThat(weight(TypeWeights.of(List.of(IMAGE), 1), 4)).isEqualTo(2);
  }

  @Test
  void ofSeveralTypesTheRarestDecides() {
    assertThat(weight(TypeWeights.of(List.of(IMAGE), 1), 3)).isEqualTo(2);
  }

  @Test
  void withoutRarityAllCountAlike() {
    TypeWeights weights = TypeWeights.of(List.of(IMAGE), 0);

    assertThat(IMAGE.weighted(weights)).isEqualTo(IMAGE);
  }

  @Test
  void phrasesThatNoSentenceSaysCountOnce() {
    TrainingPhrase unsaid = TrainingPhrase.unmentioned("left man", List.of(standingAt(0)), 1);

    assertThat(TypeWeights.of(List.of(IMAGE), 1).of(unsaid)).isEqualTo(1);
  }

  @Test
  void howOftenAPhraseIsSaidStillCounts() {
    TrainingImage twice =
        TrainingImage.of(
            image(
                "2",
                Map.of("2", List.of(standingAt(30))),
                "[/EN#2/bodyparts a nose] .",
                "[/EN#2/bodyparts a nose] ."),
            new SiblingPhrases());

    TrainingImage weighted = twice.weighted(TypeWeights.of(List.of(IMAGE), 1));

    assertThat(weighted.phrases().get(0).weight())
        .isCloseTo(2 * (float) Math.sqrt(2), within(1e-6f));
  }
}
