package io.deixis.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntitySentence;
import io.deixis.evaluation.AbsentQuestion.Origin;
import io.deixis.geometry.Box;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AbsentQuestionsTest {

  private static final AnnotatedImage GUITARIST =
      image("1", List.of(), "[/EN#1/people A man] plays [/EN#2/instruments a guitar] .");

  private static final AnnotatedImage DOGS =
      image("2", List.of(), "[/EN#1/animals Two dogs] run to [/EN#2/people a woman] .");

  private final AbsentQuestions questions = new AbsentQuestions(List.of("instruments"));

  private static AnnotatedImage image(String id, List<String> absent, String caption) {
    Map<String, List<Box>> boxes = new LinkedHashMap<>();
    boxes.put("1", List.of(new Box(0, 0, 10, 10)));
    boxes.put("2", List.of(new Box(10, 0, 20, 10)));
    return new AnnotatedImage(
        id, 100, 100, boxes, Set.of(), Set.of(), List.of(EntitySentence.parse(caption)), absent);
  }

  private List<AbsentQuestion> of(AnnotatedImage image, AnnotatedImage other, Origin origin) {
    return questions.of(image, other).stream().filter(q -> q.origin() == origin).toList();
  }

  @Test
  void asksForPhrasesOfTheOtherImageThatShareNoWord() {
    assertThat(of(GUITARIST, DOGS, Origin.OTHER_IMAGE))
        .extracting(AbsentQuestion::text)
        .containsExactly("Two dogs", "a woman");
    assertThat(of(GUITARIST, GUITARIST, Origin.OTHER_IMAGE)).isEmpty();
  }

  @Test
  void asksForSiblingsAndTellsThoseOfUnseenKindsApart() {
    assertThat(of(GUITARIST, DOGS, Origin.SIBLING))
        .hasSize(2)
        .allMatch(question -> question.kind().equals("people"));
    assertThat(of(GUITARIST, DOGS, Origin.UNSEEN_SIBLING))
        .hasSize(2)
        .allMatch(question -> question.kind().equals("instruments"))
        .allMatch(question -> !question.text().contains("guitar"));
    assertThatThrownBy(() -> new AbsentQuestions(List.of("cutlery")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void asksForWhatTheImageHasTheOppositeOf() {
    assertThat(of(GUITARIST, DOGS, Origin.OPPOSITE))
        .containsExactly(
            new AbsentQuestion("a woman", Origin.OPPOSITE, "\"a woman\" where all are men"));
    assertThat(of(DOGS, GUITARIST, Origin.OPPOSITE))
        .extracting(AbsentQuestion::text)
        .containsExactly("a man", "a cat");
  }

  @Test
  void asksForWhatTheDataNamesAsAbsentAndNothingElse() {
    AnnotatedImage told = image("3", List.of("a drum"), "[/EN#1/people A man] sings .");

    assertThat(questions.of(told, DOGS))
        .containsExactly(new AbsentQuestion("a drum", Origin.ANNOTATED, null));
    assertThat(questions.of(GUITARIST, told)).isEmpty();
  }

  @Test
  void isTheSameEachTime() {
    assertThat(questions.of(GUITARIST, DOGS))
        .containsExactlyElementsOf(questions.of(GUITARIST, DOGS));
  }
}
