package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deixis.answers.AnswerWriters;
import io.deixis.answers.CocoDatasetWriter;
import io.deixis.answers.CocoWriter;
import io.deixis.answers.CsvWriter;
import io.deixis.answers.JsonWriter;
import io.deixis.answers.SvgWriter;
import io.deixis.answers.YoloWriter;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingService;
import io.deixis.grounding.Query;
import io.deixis.grounding.Threshold;
import io.deixis.grounding.ThresholdConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroundCommandTest {

  private static final ObjectMapper MAPPER = JsonMapper.builder().findAndAddModules().build();

  private final Map<String, String> settings =
      new HashMap<>(Map.of("deixis.limits.image-bytes", "100"));

  @TempDir Path folder;

  private final ConstantGrounder grounder = new ConstantGrounder();
  private String photo;

  @BeforeEach
  void writePhoto() throws IOException {
    photo = Files.write(folder.resolve("photo.jpg"), ConstantGrounder.IMAGE).toString();
  }

  private CommandRun run(String... arguments) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(GroundingLimits.class)
            .withMapping(ThresholdConfig.class)
            .withDefaultValues(settings)
            .build();
    GroundingService service =
        new GroundingService(
            grounder,
            config.getConfigMapping(GroundingLimits.class),
            config.getConfigMapping(ThresholdConfig.class));
    AnswerWriters writers =
        new AnswerWriters(
            List.of(
                new JsonWriter(MAPPER),
                new CocoWriter(MAPPER),
                new CocoDatasetWriter(MAPPER),
                new CsvWriter(),
                new SvgWriter(),
                new YoloWriter()));
    return CommandRun.of(new GroundCommand(service, writers, SmallModels.in(folder)), arguments);
  }

  @Test
  void groundsPhrases() {
    CommandRun run = run(photo, "a cat", "a dog", "--threshold", "0.25", "--top", "2");

    assertThat(run.status()).isEqualTo(ExitStatus.OK.code());
    assertThat(run.out()).contains("photo.jpg (500 x 375)", "(10, 20)-(110, 220)", "a dog");
    assertThat(grounder.requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.query()).isEqualTo(new Query.Phrases(List.of("a cat", "a dog")));
              assertThat(request.options().threshold()).isEqualTo(new Threshold.Fixed(0.25));
              assertThat(request.options().top()).isEqualTo(2);
            });
  }

  @Test
  void groundsAnAnnotatedCaption() {
    assertThat(run(photo, "--caption", "[/EN#3/animals A cat]").status()).isZero();

    assertThat(grounder.requests.get(0).query())
        .isEqualTo(new Query.AnnotatedCaption("[/EN#3/animals A cat]"));
  }

  @Test
  void goesOnAfterABrokenImageOfSeveral() throws IOException {
    Files.writeString(folder.resolve("broken.jpg"), "no image");

    CommandRun run = run(folder.toString(), "a cat");

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err()).contains("broken.jpg: This is not an image.");
    assertThat(run.out()).contains("photo.jpg (500 x 375)");
  }

  @Test
  void tellsInOneSentenceWhatIsWrongWithASingleImage() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.jpg"), "no image");

    CommandRun run = run(broken.toString(), "a cat");

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err().lines()).containsExactly("This is not an image.");
  }

  @Test
  void doesNotReadAFileBeyondTheLimit() throws IOException {
    Path large = Files.write(folder.resolve("large.jpg"), new byte[101]);

    CommandRun run = run(large.toString(), "a cat");

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err()).contains("at most 100 are allowed");
    assertThat(grounder.requests).isEmpty();
  }

  @Test
  void goesOnAfterADamagedImageAndTellsSoByTheExitCode() throws IOException {
    Files.writeString(folder.resolve("damaged.jpg"), "damaged");

    CommandRun run = run(folder.toString(), "a cat", "--json");

    assertThat(run.status()).isEqualTo(ExitStatus.DAMAGED.code());
    assertThat(run.err()).contains("damaged.jpg: The image is damaged.");
    JsonNode images = MAPPER.readTree(run.out()).path("images");
    assertThat(images.at("/0/error").asText()).isEqualTo("The image is damaged.");
    assertThat(images.at("/1/answer/image/width").asInt()).isEqualTo(500);
  }

  @Test
  void goesByTheConfiguredThresholds() {
    settings.put("deixis.thresholds.all", "0.7");

    CommandRun run = run(photo, "a cat", "--nms", "0.25");

    assertThat(run.out())
        .contains("threshold 0.70", "(10, 20)-(110, 220)")
        .doesNotContain("(0, 0)-(50, 60)");
    assertThat(grounder.requests.get(0).options().nms()).isEqualTo(0.25);
  }

  @Test
  void groundsWhatAPersonTypes() {
    assertThat(run(photo, "--query", "where is the cat?").status()).isZero();

    assertThat(grounder.requests.get(0).query()).isEqualTo(new Query.FreeText("where is the cat?"));
  }

  @Test
  void writesOneTableOfAllPhotos() throws IOException {
    Files.write(folder.resolve("second.jpg"), ConstantGrounder.IMAGE);

    CommandRun run = run(folder.toString(), "a cat", "--format", "csv", "--image-id", "12");

    assertThat(run.out().lines().filter(line -> line.startsWith("photo.jpg,12,500,375,")))
        .hasSize(2);
    assertThat(run.out().lines().filter(line -> line.startsWith("second.jpg,13,"))).hasSize(2);
  }

  @Test
  void writesLabelsBesideEachOther() throws IOException {
    Path names = Files.writeString(folder.resolve("names.txt"), "dog\ncat\n");
    Path second = Files.write(folder.resolve("second.jpg"), ConstantGrounder.IMAGE);
    Path labels = folder.resolve("labels");

    CommandRun run =
        run(
            photo,
            second.toString(),
            "a cat",
            "--format",
            "yolo",
            "--classes",
            names.toString(),
            "--out",
            labels.toString());

    assertThat(run.status()).isZero();
    assertThat(Files.readAllLines(labels.resolve("photo.txt")))
        .first()
        .isEqualTo("1 0.120400 0.320000 0.200800 0.533333");
    assertThat(labels.resolve("second.txt")).exists();
    assertThat(run(photo, "a cat", "--format", "yolo").err()).contains("--classes FILE");
  }

  @Test
  void writesIntoAFileOfANewFolder() throws IOException {
    Path results = folder.resolve("new").resolve("results.json");

    run(photo, "a cat", "--out", results.toString(), "--format", "coco");

    assertThat(MAPPER.readTree(results.toFile()).at("/0/file_name").asText())
        .isEqualTo("photo.jpg");
  }

  @Test
  void replacesNoPhoto() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.svg"), Path.of(photo));

    assertThat(run(photo, "a cat", "--svg", photo).err()).contains("would replace the photo");
    assertThat(run(photo, "a cat", "--svg", link.toString()).status())
        .isEqualTo(ExitStatus.USAGE.code());
    assertThat(Files.readAllBytes(Path.of(photo))).isEqualTo(ConstantGrounder.IMAGE);
  }

  @Test
  void photosOfOneNameDoNotGoIntoOneFolder() throws IOException {
    Path other = Files.createDirectories(folder.resolve("b")).resolve("photo.jpg");
    Files.write(other, ConstantGrounder.IMAGE);

    CommandRun run =
        run(photo, other.toString(), "a cat", "--svg", folder.resolve("out").toString());

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run.err()).contains("photo.jpg.svg");
    assertThat(grounder.requests).isEmpty();
  }

  @Test
  void needsPhrasesOrACaptionButNotBoth() {
    assertThat(run(photo).status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run(photo, "a cat", "--caption", "A cat.").status())
        .isEqualTo(ExitStatus.USAGE.code());
    assertThat(grounder.requests).isEmpty();
  }

  @Test
  void refusesAThresholdOutOfRange() {
    CommandRun run = run(photo, "a cat", "--threshold", "1.5");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run.err()).contains("\"threshold\"");
  }

  @Test
  void refusesAnUnknownOption() {
    CommandRun run = run(photo, "a cat", "--threshhold", "0.5");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run.err()).contains("--threshhold").contains("--threshold");
  }
}
