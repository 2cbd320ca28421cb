package io.deixis.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.grounding.TypeThresholds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerDocumentTest {

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void numbersAreRounded() {
    AnswerDocument document = AnswerDocument.of(Answers.manInHat());
    AnswerDocument.PhraseAnswer man = document.phrases().get(0);
    assertThat(man.score()).isEqualTo(0.9123);
    assertThat(man.boxes().get(0).box()).containsExactly(10.0, 20.1, 300.6, 470.0);
    assertThat(document.threshold()).isEqualTo(0.3333);
    assertThat(document.timings().stages()).containsEntry("decode", 1.23);
  }

  @Test
  void absentMembersAreLeftOut() {
    JsonNode json = mapper.valueToTree(AnswerDocument.of(Answers.manInHat()));
    assertThat(json.at("/phrases/0/entity").asText()).isEqualTo("12");
    assertThat(json.at("/phrases/1").has("entity")).isFalse();
    assertThat(json.at("/phrases/1/types").isArray()).isTrue();
    assertThat(json.at("/phrases/1/found").asBoolean()).isFalse();
    JsonNode withoutCaption = mapper.valueToTree(AnswerDocument.of(Answers.oneBox("a cat")));
    assertThat(withoutCaption.has("caption")).isFalse();
    assertThat(withoutCaption.at("/phrases/0").has("span")).isFalse();
  }

  @Test
  void answerSurvivesTheWayThroughJson() throws Exception {
    AnswerDocument document = AnswerDocument.of(Answers.manInHat());
    AnswerDocument read =
        mapper.readValue(mapper.writeValueAsString(document), AnswerDocument.class);
    assertThat(AnswerDocument.of(read.toAnswer())).isEqualTo(document);
  }

  @Test
  void membersOfALaterVersionAreSkipped() throws Exception {
    AnswerDocument document = AnswerDocument.of(Answers.oneBox("a cat"));
    String later = mapper.writeValueAsString(document).replaceFirst("\\{", "{\"later\": 1, ");
    assertThat(mapper.readValue(later, AnswerDocument.class)).isEqualTo(document);
  }

  @Test
  void higherThresholdLeavesTheBetterBoxes() {
    AnswerDocument document = AnswerDocument.of(Answers.manInHat());
    assertThat(document.at(0.5).phrases().get(0).boxes()).hasSize(1);
    AnswerDocument none = document.at(0.95);
    assertThat(none.threshold()).isEqualTo(0.95);
    assertThat(none.phrases())
        .extracting(AnswerDocument.PhraseAnswer::found)
        .containsExactly(false, false);
    assertThat(none.phrases().get(0).score()).isEqualTo(0.9123);
  }

  @Test
  void phrasesOfATypeGoByItsThreshold() {
    AnswerDocument document = AnswerDocument.of(Answers.manInHat());
    TypeThresholds thresholds = new TypeThresholds(0, Map.of("people", 0.5));

    AnswerDocument strict = document.noting(thresholds).at(0);

    assertThat(strict.threshold()).isZero();
    assertThat(strict.phrases().get(0).threshold()).isEqualTo(0.5);
    assertThat(strict.phrases().get(0).boxes()).hasSize(1);
    assertThat(strict.phrases().get(1).threshold()).isNull();
    assertThat(document.noting(thresholds).phrases().get(0).boxes())
        .isEqualTo(document.phrases().get(0).boxes());
  }

  @Test
  void boxOfTooFewEdgesIsRefused() {
    AnswerDocument document = AnswerDocument.of(Answers.oneBox("a cat"));
    AnswerDocument.PhraseAnswer phrase = document.phrases().get(0);
    AnswerDocument broken =
        new AnswerDocument(
            document.image(),
            null,
            0.5,
            List.of(
                new AnswerDocument.PhraseAnswer(
                    phrase.text(),
                    null,
                    null,
                    List.of(),
                    null,
                    true,
                    0.8,
                    List.of(new AnswerDocument.BoxAnswer(List.of(1.0, 2.0, 3.0), 0.8)))),
            document.model(),
            document.timings());
    assertThatThrownBy(broken::toAnswer).isInstanceOf(IllegalArgumentException.class);
  }
}
