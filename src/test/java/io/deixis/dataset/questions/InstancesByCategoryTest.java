package io.deixis.dataset.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstancesByCategoryTest {

  private static final Box LEFT = new Box(0, 0, .2, 1);
  private static final Box RIGHT = new Box(.8, 0, 1, 1);

  private static Map<String, List<Box>> things(Map<String, List<Box>> boxes, String... sentences) {
    return InstancesByCategory.of(
            new AnnotatedImage(
                "1",
                1,
                1,
                boxes,
                Set.of(),
                Set.of(),
                Stream.of(sentences).map(EntitySentence::parse).toList()))
        .boxes();
  }

  @Test
  void aThingIsOfEveryKindThatItIsCalled() {
    assertThat(
            things(
                Map.of("1", List.of(LEFT)), "[/EN#1/people A boy] .", "[/EN#1/people A player] ."))
        .containsOnlyKeys("boy", "child", "kid", "player", "person");
  }

  @Test
  void severalWithABoxEachAreSeveralThings() {
    assertThat(things(Map.of("1", List.of(LEFT, RIGHT)), "[/EN#1/animals Two puppies] ."))
        .containsEntry("puppy", List.of(LEFT, RIGHT))
        .containsEntry("dog", List.of(LEFT, RIGHT));
  }

  @Test
  void severalInOneBoxAreNoThing() {
    assertThat(things(Map.of("1", List.of(LEFT)), "[/EN#1/animals Two dogs] .")).isEmpty();
  }

  @Test
  void whereACrowdHasNoBoxesOfItsOwnNobodyKnowsThePersons() {
    assertThat(
            things(
                Map.of("1", List.of(LEFT), "2", List.of(RIGHT)),
                "[/EN#1/people A man] before [/EN#2/people a crowd] ."))
        .containsOnlyKeys("man");
  }

  @Test
  void clothesAndPlacesAreNoThings() {
    assertThat(
            things(
                Map.of("1", List.of(LEFT), "2", List.of(RIGHT)),
                "[/EN#1/clothing A hat] on [/EN#2/scene a street] ."))
        .isEmpty();
  }

  @Test
  void boxesAreSharesOfTheImage() {
    AnnotatedImage image =
        new AnnotatedImage(
            "1",
            200,
            50,
            Map.of("1", List.of(new Box(20, 10, 100, 50))),
            Set.of(),
            Set.of(),
            List.of(EntitySentence.parse("[/EN#1/animals A dog] .")));

    assertThat(InstancesByCategory.of(image).boxes().get("dog").get(0))
        .isEqualTo(new Box(.1, .2, .5, 1));
  }

  @ParameterizedTest
  @CsvSource({"0.6, 2", "0.61, 1"})
  void whatOverlapsByThreeFifthsIsOneThing(double part, int things) {
    Box whole = new Box(0, 0, 1, 1);
    Box other = new Box(0, 0, 1, part);

    assertThat(
            things(
                    Map.of("1", List.of(whole), "2", List.of(other)),
                    "[/EN#1/animals A dog] and [/EN#2/animals a dog] .")
                .get("dog"))
        .hasSize(things);
  }

  @Test
  void aGroupOfThoseThatHaveABoxEachIsNoMore() {
    Box both = new Box(0, 0, 1, 1);
    String said = "[/EN#1/people A man] and [/EN#2/people a man] , [/EN#3/people %s] .";
    Map<String, List<Box>> boxes =
        Map.of("1", List.of(LEFT), "2", List.of(RIGHT), "3", List.of(both));

    assertThat(things(boxes, said.formatted("two men"))).containsOnlyKeys("man", "person");
    assertThat(things(boxes, said.formatted("a couple"))).containsOnlyKeys("man", "person");
    Map<String, List<Box>> elsewhere =
        Map.of("1", List.of(LEFT), "2", List.of(RIGHT), "3", List.of(LEFT));
    assertThat(things(elsewhere, said.formatted("two men"))).isEmpty();
    Map<String, List<Box>> nowhere = Map.of("1", List.of(LEFT), "2", List.of(RIGHT));
    assertThat(things(nowhere, said.formatted("two men"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "A dress, dress",
    "A bus, bus",
    "A DOG, dog",
    "A gas, gas",
    "A glass, glass",
    "A child, child",
    "A player, player"
  })
  void aNounInSIsNotAlwaysPlural(String phrase, String category) {
    assertThat(things(Map.of("1", List.of(LEFT)), "[/EN#1/other %s] .".formatted(phrase)))
        .containsOnlyKeys(category);
  }

  @ParameterizedTest
  @CsvSource({"Two cars, car", "Two ladies, lady", "Two women, woman", "Two benches, bench"})
  void severalAreCalledByTheirSingular(String phrase, String category) {
    assertThat(things(Map.of("1", List.of(LEFT, RIGHT)), "[/EN#1/other %s] .".formatted(phrase)))
        .containsKey(category);
  }
}
