package io.deixis.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deixis.geometry.Box;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SideQuestionsTest {

  private static AnnotatedImage image(Map<String, List<Box>> boxes, String... sentences) {
    return new AnnotatedImage(
        "7",
        200,
        100,
        boxes,
        Set.of(),
        Set.of(),
        Stream.of(sentences).map(EntitySentence::parse).toList());
  }

  /** A box of the image's height, 20 pixels wide. */
  private static Box at(double x) {
    return new Box(x, 0, x + 20, 100);
  }

  private static List<String> questions(AnnotatedImage image) {
    return SideQuestions.of(image).stream()
        .flatMap(asked -> asked.image().sentences().stream())
        .map(EntitySentence::text)
        .toList();
  }

  @Test
  void asksForBothSidesOfTwoPeople() {
    SideQuestions.Asked asked =
        SideQuestions.of(
                image(
                    Map.of("3", List.of(at(150)), "5", List.of(at(10))),
                    "[/EN#3/people A man] and [/EN#5/people a girl] ."))
            .orElseThrow();

    assertThat(asked.people()).isEqualTo(2);
    assertThat(asked.image().groundTruth())
        .extracting(truth -> truth.phrase().text(), GroundTruth::boxes)
        .containsExactly(
            tuple("the person on the left", List.of(at(10))),
            tuple("the person on the right", List.of(at(150))));
  }

  @Test
  void asksOnlyForASideThatIsClear() {
    // of 200 pixels the margin is 24
    AnnotatedImage closeOnTheRight =
        image(
            Map.of("1", List.of(at(10), at(100), at(120))),
            "[/EN#1/people Three men] stand there .");

    assertThat(questions(closeOnTheRight)).containsExactly("the person on the left");
    assertThat(SideQuestions.of(closeOnTheRight)).map(SideQuestions.Asked::people).contains(3);
  }

  @Test
  void asksNothingOfOnePersonOrOfTwoWhoStandTogether() {
    assertThat(questions(image(Map.of("1", List.of(at(10))), "[/EN#1/people A man] ."))).isEmpty();
    assertThat(questions(image(Map.of("1", List.of(at(10), at(30))), "[/EN#1/people Two men] .")))
        .isEmpty();
  }

  @Test
  void asksNothingWhereOneBoxLiesMostlyInAnother() {
    Box woman = new Box(0, 0, 100, 100);
    Box arm = new Box(80, 40, 104, 90);
    Box beside = new Box(90, 0, 140, 100);

    assertThat(
            questions(
                image(
                    Map.of("1", List.of(woman), "2", List.of(arm)),
                    "[/EN#1/people A woman] shows [/EN#2/people someone] .")))
        .isEmpty();
    assertThat(questions(image(Map.of("1", List.of(woman, beside)), "[/EN#1/people Two women] .")))
        .hasSize(2);
  }

  @Test
  void asksNothingWhereACrowdStandsByThem() {
    assertThat(
            questions(
                image(
                    Map.of("1", List.of(at(10), at(150)), "2", List.of(new Box(60, 0, 90, 100))),
                    "[/EN#1/people Two men] watch [/EN#2/people a crowd] .")))
        .isEmpty();
  }

  @Test
  void aCoupleOfThemselvesIsNoCrowd() {
    assertThat(
            questions(
                image(
                    Map.of("1", List.of(at(10), at(150)), "2", List.of(new Box(8, 0, 172, 100))),
                    "[/EN#1/people Two men] are [/EN#2/people a couple] .")))
        .hasSize(2);
  }
}
