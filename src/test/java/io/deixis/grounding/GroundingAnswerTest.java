package io.deixis.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundingAnswer.ImageSize;
import io.deixis.language.Phrase;
import io.deixis.language.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroundingAnswerTest {

  private final ObjectMapper mapper = JsonMapper.builder().findAndAddModules().build();

  @Test
  void documentHasRoundedNumbersAndItsMembersInOrder() throws Exception {
    assertThat(mapper.writeValueAsString(manInHat()))
        .isEqualTo(
            """
            {"image":{"width":640,"height":480},"caption":"A man in a hat","threshold":0.3333,\
            "phrases":[{"text":"A man","span":[0,5],"entity":"12","types":["people"],"found":true,\
            "score":0.9123,"boxes":[{"box":[10.0,20.1,300.6,470.0],"score":0.9123},\
            {"box":[320.0,30.0,600.0,460.0],"score":0.4}]},\
            {"text":"a hat","span":[9,14],"types":[],"found":false,"score":0.1235,"boxes":[]}],\
            "model":{"name":"test","version":"2"},\
            "timings":{"stages":{"decode":1.23},"totalMs":9.88,"imageCached":true}}\
            """);
  }

  @Test
  void absentMembersAreLeftOut() {
    GroundingAnswer withoutCaption =
        new GroundingAnswer(
            new GroundingAnswer.ImageSize(10, 10),
            Optional.empty(),
            Optional.empty(),
            0.5,
            List.of(new GroundedPhrase(Phrase.of("a cat"), 0.1, List.of())),
            new GroundingAnswer.ModelReference("test", "2"),
            new Timings(Map.of(), 1, false));

    JsonNode json = mapper.valueToTree(withoutCaption);

    assertThat(json.has("caption")).isFalse();
    assertThat(json.at("/phrases/0").has("span")).isFalse();
    assertThat(json.at("/phrases/0").has("threshold")).isFalse();
  }

  @Test
  void documentIsReadAsItWasWritten() throws Exception {
    String document = mapper.writeValueAsString(manInHat());

    GroundingAnswer read = mapper.readValue(document, GroundingAnswer.class);

    assertThat(mapper.writeValueAsString(read)).isEqualTo(document);
    assertThat(read.phrases().get(0).phrase())
        .isEqualTo(
            new Phrase("A man", Optional.of(new Span(0, 5)), Optional.of("12"), List.of("people")));
    assertThat(read.phrases().get(0).boxes().get(0).box())
        .isEqualTo(new Box(10.0, 20.1, 300.6, 470.0));
  }

  @Test
  void membersOfALaterVersionAreSkipped() throws Exception {
    String document = mapper.writeValueAsString(manInHat());
    String later = document.replace("{\"text\"", "{\"later\":1,\"text\"");

    assertThat(mapper.readValue("{\"later\":1," + later.substring(1), GroundingAnswer.class))
        .isEqualTo(mapper.readValue(document, GroundingAnswer.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[10.0,20.1,300.6,470.0] | [10.0,20.1,300.6]",
        "[10.0,20.1,300.6,470.0] | [300.6,20.1,10.0,470.0]",
        "\"span\":[0,5] | \"span\":[5,0]",
        "\"image\":{\"width\":640,\"height\":480}, | ''"
      })
  void documentThatMakesNoSenseIsRefused(String right, String wrong)
      throws JsonProcessingException {
    String document = mapper.writeValueAsString(manInHat());
    assertThat(document).contains(right);

    assertThatThrownBy(
            () -> mapper.readValue(document.replace(right, wrong), GroundingAnswer.class))
        .isInstanceOf(JsonMappingException.class);
  }

  @Test
  void higherThresholdLeavesTheBetterBoxes() {
    assertThat(manInHat().at(0.5).phrases().get(0).boxes()).hasSize(1);

    GroundingAnswer none = manInHat().at(0.95);

    assertThat(none.threshold()).isEqualTo(0.95);
    assertThat(none.phrases()).extracting(GroundedPhrase::found).containsExactly(false, false);
    assertThat(none.phrases().get(0).score()).isEqualTo(0.912345);
  }

  @Test
  void aBoxOfJustTheThresholdIsFound() {
    assertThat(manInHat().at(0.40001).phrases().get(0).boxes()).hasSize(2);
    assertThat(manInHat().judged(0.40001, 0.1).phrases().get(0).boxes()).hasSize(2);
  }

  @Test
  void phrasesThatWereAskedAloneTakeTheirPlacesInACaption() {
    GroundingAnswer placed =
        manInHat().inCaption("Here a man has a hat", List.of(new Span(5, 10), new Span(15, 20)));

    assertThat(placed.caption()).contains("Here a man has a hat");
    assertThat(placed.phrases())
        .extracting(GroundedPhrase::span)
        .containsExactly(Optional.of(new Span(5, 10)), Optional.of(new Span(15, 20)));
    assertThat(placed.phrases().get(0).boxes()).isEqualTo(manInHat().phrases().get(0).boxes());
  }

  @Test
  void phrasesOfATypeGoByItsThreshold() {
    TypeThresholds thresholds = new TypeThresholds(0, Map.of("people", 0.5));

    GroundingAnswer strict = manInHat().noting(thresholds).at(0);

    assertThat(strict.threshold()).isZero();
    assertThat(strict.phrases().get(0).threshold()).contains(0.5);
    assertThat(strict.phrases().get(0).boxes()).hasSize(1);
    assertThat(strict.phrases().get(1).threshold()).isEmpty();
    assertThat(manInHat().noting(thresholds).phrases().get(0).boxes()).hasSize(2);
  }

  @Test
  void boxesFollowTheSizeOfTheImage() {
    GroundingAnswer larger = manInHat().scaledTo(new ImageSize(1280, 480));

    assertThat(larger.width()).isEqualTo(1280);
    assertThat(larger.height()).isEqualTo(480);
    assertThat(larger.phrases().get(0).boxes().get(1).box()).isEqualTo(new Box(640, 30, 1200, 460));
  }

  /** An answer to "A man in a hat" with two boxes for the man. */
  private static GroundingAnswer manInHat() {
    Phrase man =
        new Phrase("A man", Optional.of(new Span(0, 5)), Optional.of("12"), List.of("people"));
    Phrase hat = new Phrase("a hat", Optional.of(new Span(9, 14)), Optional.empty(), List.of());
    return new GroundingAnswer(
        new GroundingAnswer.ImageSize(640, 480),
        Optional.of("A man in a hat"),
        Optional.empty(),
        0.333333,
        List.of(
            new GroundedPhrase(
                man,
                0.912345,
                List.of(
                    new ScoredBox(new Box(10.04, 20.06, 300.56, 470.0), 0.912345),
                    new ScoredBox(new Box(320, 30, 600, 460), 0.40001))),
            new GroundedPhrase(hat, 0.123456, List.of())),
        new GroundingAnswer.ModelReference("test", "2"),
        new Timings(Map.of("decode", 1.23456), 9.87654, true));
  }
}
