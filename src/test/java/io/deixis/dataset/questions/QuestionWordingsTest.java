package io.deixis.dataset.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QuestionWordingsTest {

  private static final AnnotatedImage IMAGE =
      new AnnotatedImage(
          "1",
          300,
          100,
          Map.of(
              "1", List.of(new Box(0, 10, 40, 60)),
              "2", List.of(new Box(100, 40, 180, 100)),
              "3", List.of(new Box(250, 20, 280, 70)),
              "4", List.of(new Box(1, 12, 30, 20))),
          Set.of(),
          Set.of(),
          List.of(
              EntitySentence.parse(
                  "[/EN#1/people A man] wearing [/EN#4/clothing a hat] , [/EN#2/people a man] and"
                      + " [/EN#3/people a man] .")));

  @Test
  void theReadersTableHasNoneOfTheWordings() throws IOException {
    Set<String> read =
        Files.readAllLines(Path.of("src/test/resources/language/readings.tsv")).stream()
            .map(line -> line.split("\t")[0].replaceAll("\\b(man|dog|woman|person)\\b", "N"))
            .collect(Collectors.toSet());
    List<Question> questions = ImageQuestions.of(IMAGE);
    assertThat(questions).extracting(Question::kind).contains("ordinal-people", "worn");
    assertThat(questions)
        .filteredOn(question -> !question.kind().matches("plain|number|all-people"))
        .extracting(question -> question.text().replace("man", "N"))
        .doesNotContainAnyElementsOf(read);
  }

  @Test
  void theSecondFromTheLeftIsTheOneInTheMiddleOfThree() {
    assertThat(ImageQuestions.of(IMAGE))
        .filteredOn(question -> question.text().equals("second man counting from the left"))
        .singleElement()
        .satisfies(q -> assertThat(q.answer()).containsExactly(new Box(100, 40, 180, 100)));
  }
}
