package io.deixis.batch.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.grounding.Query;
import io.deixis.grounding.Threshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroundCommandTest {

  private static final ObjectMapper MAPPER = GroundCommandRuns.MAPPER;

  @TempDir Path folder;

  private final GroundCommandRuns runs = new GroundCommandRuns();
  private final ConstantGrounder grounder = runs.grounder;
  private String photo;

  @BeforeEach
  void writePhoto() throws IOException {
    photo = Files.write(folder.resolve("photo.jpg"), ConstantGrounder.IMAGE).toString();
  }

  private CommandRun run(String... arguments) {
    return runs.ground(arguments);
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
    assertThat(run.err())
        .contains("broken.jpg: This is not an image.", "1 of 2 photos have no answer");
    assertThat(run.out()).contains("photo.jpg (500 x 375)");
  }

  /** The superuser, as whom some builds run, may read every folder. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void goesOnAfterAFolderThatCannotBeRead() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Files.setPosixFilePermissions(locked, Set.of());
    assumeThat(Files.isReadable(locked)).isFalse();

    CommandRun run = run(folder.toString(), "a cat");

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err())
        .contains("locked: The folder \"" + locked + "\" cannot be read", "1 of 2");
    assertThat(run.out()).contains("photo.jpg (500 x 375)");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void namesAndWordsDoNothingToTheTerminal() throws IOException {
    String evil = "\u001b[31mevil\u001b]0;title\u0007\nforged";
    Files.copy(Path.of(photo), folder.resolve(evil + ".jpg"));
    Files.writeString(folder.resolve(evil + "-broken.jpg"), "no image");

    CommandRun run = run(folder.toString(), "a cat", evil, "--threshold", "0");
    CommandRun missing = run(folder.resolve(evil + "x.jpg").toString(), "a cat");

    for (String text : List.of(run.out(), run.err(), missing.err())) {
      assertThat(text).contains("\\u001b[31mevil\\u001b]0;title\\u0007\\nforged");
      assertThat(text).doesNotContain("\u001b", "\u0007").doesNotContain("\nforged");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void documentsHaveNamesAndWordsAsTheyAre() throws IOException {
    String evil = "\u001b[31mevil";
    Path file = Files.copy(Path.of(photo), folder.resolve(evil + ".jpg"));

    CommandRun csv = run(file.toString(), "a cat", evil, "--format", "csv");
    CommandRun lines = run(file.toString(), "a cat", evil, "--format", "ndjson");

    assertThat(csv.out()).contains(evil);
    JsonNode line = GroundCommandRuns.MAPPER.readTree(lines.out());
    assertThat(line.path("file").asText()).isEqualTo(file.toString());
    assertThat(line.at("/answer/phrases/1/text").asText()).isEqualTo(evil);
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
  @DisabledOnOs(OS.WINDOWS)
  void aFileThatNeverEndsIsTooLarge() {
    CommandRun run = run("/dev/zero", "a cat");

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err()).contains("at most 100 are allowed");
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
    runs.settings.put("deixis.thresholds.all", "0.7");

    CommandRun run = run(photo, "a cat", "--nms", "0.25");

    assertThat(run.out())
        .contains("threshold 0.70", "(10, 20)-(110, 220)")
        .doesNotContain("(0, 0)-(50, 60)");
    assertThat(grounder.requests.get(0).options().nms()).hasValue(0.25);
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

  @ParameterizedTest
  @ValueSource(strings = {"0x1p-1", "0.5f", "0.5d", "NaN", "half"})
  void refusesWhatIsNoNumber(String nms) {
    CommandRun run = run(photo, "a cat", "--nms", nms);

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run.err()).contains("'--nms'", "a number, not '%s'".formatted(nms));
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

  @Test
  void writesEachAnswerAsALine() throws IOException {
    Files.writeString(folder.resolve("damaged.jpg"), "damaged");

    CommandRun run = run(folder.toString(), "a cat", "--format", "ndjson");

    List<JsonNode> lines = run.out().lines().map(GroundCommandTest::json).toList();
    assertThat(lines).extracting(line -> line.path("image_id").asInt()).containsExactly(1, 2);
    assertThat(lines.get(0).path("error").asText()).isEqualTo("The image is damaged.");
    assertThat(lines.get(1).at("/answer/image/width").asInt()).isEqualTo(500);
    assertThat(lines.get(1).path("file").asText()).isEqualTo(photo);
  }

  @Test
  void keepsTheOrderOfManyPhotos() throws IOException {
    for (int i = 0; i < 50; i++) {
      Files.write(folder.resolve("photo-%02d.jpg".formatted(i)), ConstantGrounder.IMAGE);
    }

    CommandRun run = run(folder.toString(), "a dog", "--format", "csv");

    List<String> names = run.out().lines().skip(1).map(row -> row.split(",")[0]).toList();
    assertThat(names).hasSize(51).isSorted();
    assertThat(run.out().lines().filter(row -> row.startsWith("file,"))).hasSize(1);
  }

  @Test
  void goesOnWhereARunWasStopped() throws IOException {
    Files.write(folder.resolve("second.jpg"), ConstantGrounder.IMAGE);
    Path results = folder.resolve("results.csv");
    Path journal = folder.resolve("results.csv.part");
    String[] arguments = {
      folder.toString(), "a cat", "--format", "csv", "--out", results.toString()
    };
    run(arguments);
    byte[] whole = Files.readAllBytes(results);
    run(folder.toString(), "a cat", "--format", "ndjson", "--out", journal.toString());
    Files.delete(results);
    List<String> lines = Files.readAllLines(journal);
    Files.writeString(journal, lines.get(0) + "\n" + lines.get(1).substring(0, 40));

    assertThat(run(arguments).err()).contains("--resume");
    grounder.requests.clear();
    String[] resumed = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    resumed[arguments.length] = "--resume";
    assertThat(run(resumed).status()).isZero();

    assertThat(grounder.requests).hasSize(1);
    assertThat(results).hasBinaryContent(whole);
    assertThat(journal).doesNotExist();
  }

  @Test
  void aPhotoKeepsItsNumberWhereARunGoesOn() throws IOException {
    Files.writeString(folder.resolve("a.jpg"), "no image");
    Files.write(folder.resolve("second.jpg"), ConstantGrounder.IMAGE);
    Path results = folder.resolve("results.csv");
    Path journal = folder.resolve("results.csv.part");
    String[] arguments = {
      folder.toString(), "a cat", "--format", "csv", "--resume", "--out", results.toString()
    };
    run(arguments);
    byte[] whole = Files.readAllBytes(results);
    run(folder.toString(), "a cat", "--format", "ndjson", "--out", journal.toString());
    List<String> lines = Files.readAllLines(journal);
    assertThat(lines.get(0)).contains("\"image_id\":1", "\"error\"");
    Files.write(journal, lines.subList(0, 2));

    run(arguments);

    assertThat(results).hasBinaryContent(whole);
  }

  @Test
  void goesOnInAFolderOfLabels() throws IOException {
    Files.write(folder.resolve("second.jpg"), ConstantGrounder.IMAGE);
    Path labels = Files.createDirectories(folder.resolve("labels"));
    Files.writeString(labels.resolve("photo.xml"), "mine");

    CommandRun run =
        run(folder.toString(), "a cat", "--format", "voc", "--out", labels.toString(), "--resume");

    assertThat(run.status()).isZero();
    assertThat(grounder.requests).hasSize(1);
    assertThat(labels.resolve("photo.xml")).hasContent("mine");
    assertThat(labels.resolve("second.xml")).content().contains("<name>a cat</name>");
  }

  @Test
  void photosBelowAFolderKeepTheirPlace() throws IOException {
    Files.write(
        Files.createDirectories(folder.resolve("trip")).resolve("photo.jpg"),
        ConstantGrounder.IMAGE);
    Path out = folder.resolve("out");

    run(folder.toString(), "a cat", "--format", "voc", "--out", out.toString());

    assertThat(out.resolve("trip/photo.xml")).exists();
    assertThat(out.resolve("photo.xml")).exists();
  }

  @Test
  void writesTasksOfLabelStudio() throws IOException {
    CommandRun run = run(photo, "a cat", "--format", "label-studio", "--photo-url", "s3://b/");

    JsonNode task = json(run.out()).get(0);
    assertThat(task.at("/data/image").asText()).isEqualTo("s3://b/photo.jpg");
    assertThat(task.at("/predictions/0/result/0/value/rectanglelabels/0").asText())
        .isEqualTo("a cat");
  }

  private static JsonNode json(String document) {
    try {
      return MAPPER.readTree(document);
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }
}
