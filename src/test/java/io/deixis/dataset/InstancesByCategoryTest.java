package io.deixis.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
}
