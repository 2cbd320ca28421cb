package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import io.deixis.grounding.AnsweredReading;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.Query;
import io.deixis.language.opennlp.EnglishQueryReader;
import io.deixis.language.opennlp.OpenNlpCaptionChunker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people type about two cats, asked of the bundled model. */
class QueriesTest {

  private static LocalGrounder grounder;
  private static byte[] cats;

  @BeforeAll
  static void load() throws IOException {
    var config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(EngineSettings.class)
            .withMapping(ModelSettings.class)
            .withMapping(GroundingLimits.class)
            .withDefaultValues(
                Map.of(
                    "deixis.engine.device", "cpu",
                    "deixis.engine.threads", "1",
                    "deixis.models.directory", "models",
                    "deixis.models.active", "deixis-small"))
            .build();
    EngineSettings engine = config.getConfigMapping(EngineSettings.class);
    OpenNlpCaptionChunker language = new OpenNlpCaptionChunker();
    grounder =
        new LocalGrounder(
            engine,
            new ActiveModel(engine, config.getConfigMapping(ModelSettings.class)),
            config.getConfigMapping(GroundingLimits.class),
            language,
            new EnglishQueryReader(language),
            new SimpleMeterRegistry());
    cats = Files.readAllBytes(Path.of("web/public/examples/cats.jpg"));
  }

  @AfterAll
  static void close() {
    grounder.close();
  }

  private static GroundingAnswer ask(String query) {
    return grounder.ground(
        new GroundingRequest(cats, new Query.FreeText(query), GroundingOptions.DEFAULTS));
  }

  private static Box best(String query) {
    return ask(query).phrases().get(0).boxes().get(0).box();
  }

  @Test
  void theSidesAreTwoCats() {
    assertThat(best("the cat on the left").x1()).isLessThan(best("the cat on the right").x1());
    assertThat(best("the cat that is not on the left").iou(best("the cat on the right")))
        .isGreaterThan(0.95);
  }

  @Test
  void theAnswerSaysHowItWasRead() {
    AnsweredReading reading = ask("show me the second cta from the left").reading().orElseThrow();
    assertThat(reading.summary()).isEqualTo("cat → second of 2 from the left");
    assertThat(reading.notes()).containsExactly("Read \"cta\" as \"cat\".");
    assertThat(reading.form()).isEqualTo("command");
  }

  @Test
  void allComeOnceEach() {
    assertThat(ask("all cats").phrases().get(0).boxes()).hasSize(2);
  }

  @Test
  void unknownWordsAreNotFound() {
    GroundingAnswer answer = ask("the zorblax");
    assertThat(answer.phrases().get(0).found()).isFalse();
    assertThat(answer.reading().orElseThrow().unknownWords()).containsExactly("zorblax");
  }

  @Test
  void aSentenceIsACaption() {
    GroundingAnswer answer = ask("Two cats sleep on a pink sofa.");
    assertThat(answer.reading()).isEmpty();
    assertThat(answer.phrases()).hasSize(2);
  }
}
