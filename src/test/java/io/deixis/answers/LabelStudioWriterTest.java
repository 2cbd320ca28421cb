package io.deixis.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelStudioWriterTest {

  private final ObjectMapper mapper = JsonMapper.builder().findAndAddModules().build();

  /** As Label Studio's own storages write them; a bucket has the name as it is. */
  @ParameterizedTest
  @CsvSource({
    "/data/local-files/?d=, /data/local-files/?d=a/%C3%BCn%20%26%20%23q%3F%2541%2B.jpg",
    "https://example.org/p/, https://example.org/p/a/%C3%BCn%20%26%20%23q%3F%2541%2B.jpg",
    "s3://bucket/, s3://bucket/a/ün & #q?%41+.jpg"
  })
  void namesAreEncodedInAddresses(String prefix, String address) throws Exception {
    byte[] tasks =
        new LabelStudioWriter(mapper)
            .write(
                List.of(Answers.photo("a/ün & #q?%41+.jpg", 7, Answers.oneBox("a cat"))),
                new AnswerWriter.Options(List.of(), prefix, false));

    assertThat(mapper.readTree(tasks).at("/0/data/image").asText()).isEqualTo(address);
  }

  @Test
  void boxesAreInPercentOfTheSides() throws Exception {
    JsonNode tasks =
        mapper.readTree(
            new LabelStudioWriter(mapper)
                .write(
                    List.of(
                        Answers.photo("cat.jpg", 7, Answers.oneBox("a cat")),
                        Answers.photo("man.jpg", 8, Answers.manInHat())),
                    new AnswerWriter.Options(List.of("cat"), "/data/local-files/?d=", false)));

    assertThat(tasks).hasSize(2);
    assertThat(tasks.at("/0/data/image").asText()).isEqualTo("/data/local-files/?d=cat.jpg");
    assertThat(tasks.at("/0/predictions/0/model_version").asText()).isEqualTo("test 2");
    assertThat(tasks.at("/0/predictions/0/result/0/value").toString())
        .isEqualTo(
            """
            {"x":25.0,"y":40.0,"width":50.0,"height":50.0,"rotation":0.0,"rectanglelabels":["cat"]}\
            """);
    assertThat(tasks.at("/1/predictions/0/score").asDouble()).isEqualTo(0.9123);
    assertThat(tasks.at("/1/predictions/0/result").findValuesAsText("id")).doesNotHaveDuplicates();
    assertThat(tasks.at("/1/predictions/0/result/1/value/rectanglelabels/0").asText())
        .isEqualTo("A man");
  }

  @Test
  void idsAreTheSameInEveryLocale() {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(LabelStudioWriter.Prediction.of(Answers.oneBox("a"), List.of("a"), "b", "c"))
          .extracting(LabelStudioWriter.Prediction::result, InstanceOfAssertFactories.LIST)
          .first()
          .hasFieldOrPropertyWithValue("id", "deixis-1-1");
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }
}
