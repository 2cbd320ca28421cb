package io.deixis.grounding.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.ScoredBox;
import io.deixis.language.Phrase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelQuestionsTest {

  private static final Box LEFT = new Box(0, 0, 40, 80);
  private static final Box ALMOST_LEFT = new Box(2, 2, 40, 80);
  private static final Box RIGHT = new Box(60, 0, 100, 80);

  @ParameterizedTest
  @CsvSource({
    "dog, the dog",
    "Dog, the Dog",
    "traffic_light, the traffic light",
    "a dog, a dog",
    "The dog, The dog",
    "two dogs, two dogs",
    "onesie, the onesie",
    "person with a hat, the person with a hat"
  })
  void aLabelIsAskedAsPeopleAsk(String label, String phrase) {
    assertThat(new LabelQuestions(List.of(label)).phrases()).containsExactly(phrase);
  }

  @Test
  void aLabelForSeveralKindsIsAskedByThemAndEachPhraseOnce() {
    assertThat(new LabelQuestions(List.of("Person", "man", "human")).phrases())
        .containsExactly("the Person", "the man", "the woman", "the child", "the human");
  }

  @Test
  void aThingThatSeveralKindsFindIsOneBoxWithTheBestScore() {
    LabelQuestions questions = new LabelQuestions(List.of("dog", "person"));

    List<GroundedPhrase> found =
        questions.of(
            List.of(
                answer("the dog", 0.1),
                answer("the person", 0.3, new ScoredBox(LEFT, 0.3)),
                answer("the man", 0.6, new ScoredBox(ALMOST_LEFT, 0.6)),
                answer("the woman", 0.5, new ScoredBox(RIGHT, 0.5), new ScoredBox(LEFT, 0.4)),
                answer("the child", 0.1)),
            100);

    assertThat(found).extracting(GroundedPhrase::text).containsExactly("dog", "person");
    assertThat(found.get(0).boxes()).isEmpty();
    assertThat(found.get(1).score()).isEqualTo(0.6);
    assertThat(found.get(1).boxes())
        .containsExactly(new ScoredBox(ALMOST_LEFT, 0.6), new ScoredBox(RIGHT, 0.5));
  }

  private static GroundedPhrase answer(String phrase, double score, ScoredBox... boxes) {
    return new GroundedPhrase(Phrase.of(phrase), score, List.of(boxes));
  }
}
