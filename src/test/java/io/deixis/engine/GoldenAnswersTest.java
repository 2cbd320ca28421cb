package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.Query;
import io.deixis.grounding.ScoredBox;
import io.deixis.grounding.Threshold;
import io.deixis.language.Reading;
import io.deixis.language.opennlp.OpenNlpCaptionChunker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bundled model answers as it did when {@code golden/deixis-small.json} was written: 200
 * phrases on drawn scenes and example photos, as phrases and in captions. {@code
 * -Ddeixis.golden.write=FILE} writes the file anew, for a model that was trained again.
 */
class GoldenAnswersTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/deixis-small.json");
  private static final Path EXAMPLES = Path.of("web/public/examples");
  private static final int SCENES = 25;
  private static final double PIXELS = 0.02;
  private static final double SCORE = 1e-4;

  private static final List<String> PHRASES =
      List.of("a red circle", "the square on the left", "the biggest thing", "a green triangle");

  private static final Map<String, List<Query>> PHOTOS =
      Map.of(
          "astronaut.jpg",
          List.of(
              phrases("the woman", "an orange suit", "her hair", "the flag", "a helmet", "a dog"),
              new Query.Caption("A smiling woman in an orange suit before a flag and a shuttle.")),
          "camera.jpg",
          List.of(
              phrases("the man", "a camera", "his coat", "the tripod", "the sky", "a building"),
              new Query.Caption("A man in a dark coat looks through a camera on a tripod.")),
          "cats.jpg",
          List.of(
              phrases("a cat", "the cat on the left", "the sofa", "a remote control", "a horse"),
              new Query.Caption("Two cats sleep on a pink sofa beside two remote controls.")),
          "chelsea.jpg",
          List.of(
              phrases("the cat", "its nose", "the left eye", "an ear", "a blanket", "a car"),
              new Query.Caption("A tabby cat with green eyes lies on a blanket.")),
          "coffee.jpg",
          List.of(
              phrases("a cup", "the spoon", "the saucer", "the table", "coffee", "a bottle"),
              new Query.Caption("A cup of coffee with a spoon on a saucer.")),
          "rocket.jpg",
          List.of(
              phrases("the rocket", "the tower", "the sky", "smoke", "a tree", "people"),
              new Query.Caption("A rocket stands beside a tower under a grey sky.")));

  /** One answer: the phrase, its best score, and its boxes with their scores, best first. */
  record Answer(String photo, String phrase, double score, List<double[]> boxes) {}

  @TempDir private Path drawn;

  @Test
  void answersAsBefore() throws IOException {
    List<Answer> answers = answers();
    assertThat(answers).hasSizeGreaterThanOrEqualTo(200);
    String target = System.getProperty("deixis.golden.write");
    if (target != null) {
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(Path.of(target).toFile(), answers);
      return;
    }
    Answer[] golden = new ObjectMapper().readValue(GOLDEN.toFile(), Answer[].class);
    assertThat(answers).hasSameSizeAs(golden);
    for (int i = 0; i < golden.length; i++) {
      Answer expected = golden[i];
      Answer actual = answers.get(i);
      String where = "%s: %s".formatted(expected.photo(), expected.phrase());
      assertThat(actual.photo()).isEqualTo(expected.photo());
      assertThat(actual.phrase()).as(where).isEqualTo(expected.phrase());
      assertThat(actual.score()).as(where).isEqualTo(expected.score(), within(SCORE));
      assertThat(actual.boxes()).as(where).hasSameSizeAs(expected.boxes());
      for (int box = 0; box < expected.boxes().size(); box++) {
        double[] edges = expected.boxes().get(box);
        assertThat(actual.boxes().get(box)[4]).as(where).isEqualTo(edges[4], within(SCORE));
        for (int edge = 0; edge < 4; edge++) {
          assertThat(actual.boxes().get(box)[edge])
              .as("%s, box %d", where, box)
              .isEqualTo(edges[edge], within(PIXELS));
        }
      }
    }
  }

  private List<Answer> answers() throws IOException {
    List<Answer> answers = new ArrayList<>();
    LocalGrounder grounder = grounder();
    try {
      Path scenes = drawn.resolve("scenes");
      new SyntheticDataset(SCENES, 0, 0, 5).write(scenes);
      try (Stream<Path> images = Files.list(scenes.resolve("images"))) {
        for (Path image : images.sorted().toList()) {
          answers.addAll(ask(grounder, image, new Query.Phrases(PHRASES)));
          answers.addAll(
              ask(grounder, image, new Query.Caption("A red circle left of a blue square.")));
        }
      }
      for (String photo : PHOTOS.keySet().stream().sorted().toList()) {
        for (Query query : PHOTOS.get(photo)) {
          answers.addAll(ask(grounder, EXAMPLES.resolve(photo), query));
        }
      }
      return answers;
    } finally {
      grounder.close();
    }
  }

  private static List<Answer> ask(LocalGrounder grounder, Path image, Query query)
      throws IOException {
    GroundingOptions options = new GroundingOptions(new Threshold.Fixed(0), 5, 0.5);
    return grounder
        .ground(new GroundingRequest(Files.readAllBytes(image), query, options))
        .phrases()
        .stream()
        .map(phrase -> answer(image, phrase))
        .toList();
  }

  private static Answer answer(Path image, GroundedPhrase phrase) {
    return new Answer(
        image.getFileName().toString(),
        phrase.phrase().text(),
        phrase.score(),
        phrase.boxes().stream().map(GoldenAnswersTest::numbers).toList());
  }

  private static double[] numbers(ScoredBox scored) {
    return new double[] {
      scored.box().x1(), scored.box().y1(), scored.box().x2(), scored.box().y2(), scored.score()
    };
  }

  private static Query phrases(String... texts) {
    return new Query.Phrases(List.of(texts));
  }

  private static LocalGrounder grounder() {
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
                    // What ONNX Runtime answers is compared in EngineAgreementTest.
                    "deixis.engine.runtime", "pytorch",
                    "deixis.models.directory", "models",
                    "deixis.models.active", "deixis-small"))
            .build();
    EngineSettings engine = config.getConfigMapping(EngineSettings.class);
    return new LocalGrounder(
        engine,
        new ActiveModel(engine, config.getConfigMapping(ModelSettings.class)),
        config.getConfigMapping(GroundingLimits.class),
        new OpenNlpCaptionChunker(),
        Reading::whole,
        new SimpleMeterRegistry());
  }
}
