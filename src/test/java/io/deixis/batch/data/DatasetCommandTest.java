package io.deixis.batch.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.SmallDataset;
import io.deixis.batch.SmallModels;
import io.deixis.batch.evaluation.EvaluateCommand;
import io.deixis.batch.evaluation.ScoreCommand;
import io.deixis.language.Reading;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetCommandTest {

  @TempDir Path folder;

  private final ObjectMapper mapper = new ObjectMapper();

  @BeforeEach
  void writeData() throws IOException {
    SmallDataset.write(folder);
    // Another image to train on, whose file is missing.
    Files.copy(folder.resolve("Annotations/1000.xml"), folder.resolve("Annotations/1001.xml"));
    Files.copy(folder.resolve("Sentences/1000.txt"), folder.resolve("Sentences/1001.txt"));
    Files.writeString(folder.resolve("train.txt"), "1001\n");
  }

  @Test
  void checkReadsEverySplit() {
    CommandRun run = CommandRun.of(new DatasetCheckCommand(), folder.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out().lines()).hasSize(3);
    assertThat(run.out().lines().limit(2)).allMatch(line -> line.contains("0 unusable"));
    assertThat(run.out()).contains("2 images read in");
  }

  @Test
  void checkNamesABrokenFile() throws IOException {
    Files.writeString(folder.resolve("Annotations/1000.xml"), "<annotation>");

    CommandRun run = CommandRun.of(new DatasetCheckCommand(), folder.toString());

    assertThat(run.status()).isEqualTo(ExitStatus.UNHEALTHY.code());
    assertThat(run.out()).contains("1 unusable", "1000.xml:1: ");
  }

  @Test
  void checkTellsAllDefectsToMachines() throws IOException {
    Files.writeString(folder.resolve("Sentences/1000.txt"), "A cat .\nA [broken\nAnother]\n");

    CommandRun run = CommandRun.of(new DatasetCheckCommand(), folder.toString(), "--json");

    assertThat(run.status()).isEqualTo(ExitStatus.UNHEALTHY.code());
    JsonNode defects = mapper.readTree(run.out()).at("/1/defects");
    assertThat(defects).extracting(defect -> defect.get("line").asInt()).containsExactly(2, 3);
    assertThat(defects.get(0).get("file").asText()).endsWith("1000.txt");
    assertThat(defects.get(0).get("severity").asText()).isEqualTo("ERROR");
  }

  @Test
  void checkCountsTheDefectsItDoesNotTell() throws IOException {
    Files.writeString(folder.resolve("Sentences/1000.txt"), "[\n[\n[\n");

    CommandRun run = CommandRun.of(new DatasetCheckCommand(), folder.toString(), "--show", "1");

    assertThat(run.out()).contains("1000.txt:1: ", "and 2 more").doesNotContain("1000.txt:2: ");
  }

  @Test
  void checkDecodesImagesIfAsked() {
    CommandRun run = CommandRun.of(new DatasetCheckCommand(), folder.toString(), "--decode");

    assertThat(run.status()).isEqualTo(ExitStatus.UNHEALTHY.code());
    assertThat(run.out()).contains("1 unusable", "1000.jpg: the image cannot be decoded");
  }

  @Test
  void checkNamesTheLinesWhoseImageIsMissing() throws IOException {
    Files.writeString(folder.resolve("val.txt"), "1000\n1001\n");

    CommandRun run = CommandRun.of(new DatasetCheckCommand(), folder.toString());

    assertThat(run.status()).isEqualTo(ExitStatus.UNHEALTHY.code());
    assertThat(run.out())
        .contains("val.txt:2: the image 1001 is already in train.txt")
        .containsPattern("val.txt:2: the image file .*1001.jpg is missing");
  }

  @Test
  void checkNeedsASplit() throws IOException {
    Files.delete(folder.resolve("train.txt"));
    Files.delete(folder.resolve("val.txt"));

    CommandRun run = CommandRun.of(new DatasetCheckCommand(), folder.toString());

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err()).contains("val.txt");
  }

  @Test
  void statsCountsASplit() throws IOException {
    CommandRun run =
        CommandRun.of(new DatasetStatsCommand(), folder.toString(), "--split", "val", "--json");

    JsonNode totals = mapper.readTree(run.out());
    assertThat(totals.get("images").asInt()).isEqualTo(1);
    assertThat(totals.get("phrases").asInt()).isEqualTo(2);
    assertThat(totals.get("groundedPhrases").asInt()).isEqualTo(1);
    assertThat(totals.at("/groundedPhrasesByType/animals").asInt()).isEqualTo(1);
    assertThat(totals.get("boxes").asInt()).isEqualTo(1);
  }

  @Test
  void synthWritesWhatCheckAccepts() {
    Path drawn = folder.resolve("drawn");

    assertThat(CommandRun.of(new DatasetSynthCommand(), drawn.toString(), "--images", "5").status())
        .isZero();

    CommandRun check = CommandRun.of(new DatasetCheckCommand(), drawn.toString());
    assertThat(check.status()).isZero();
    assertThat(check.out().lines().map(line -> line.replaceAll(" +", " ")))
        .startsWith(
            "train 3 ids, 0 unusable, 0 without image file",
            "val 1 ids, 0 unusable, 0 without image file",
            "test 1 ids, 0 unusable, 0 without image file");
  }

  @Test
  void synthLeavesAFolderThatHoldsSomethingAlone() {
    CommandRun run = CommandRun.of(new DatasetSynthCommand(), folder.toString());

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(folder.resolve("test.txt")).doesNotExist();
  }

  @Test
  void scoresPredictions() throws IOException {
    Path predictions =
        Files.writeString(
            folder.resolve("predictions.json"),
            """
            [{"image": "1000", "sentence": 0, "chain": "1", "types": ["animals"],
              "phrase": "A cat", "first_char": 0,
              "boxes": [[100, 0, 200, 90], [10, 20, 60, 80]], "scores": [0.9, 0.8]}]
            """);

    CommandRun run =
        CommandRun.of(
            new ScoreCommand(),
            "--data",
            folder.toString(),
            "--predictions",
            predictions.toString(),
            "--json");

    JsonNode recall = mapper.readTree(run.out()).at("/anyBox/all/atK");
    assertThat(recall.get(0).get("hits").asInt()).isZero();
    assertThat(recall.get(1).get("hits").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"whole-image, 0", "one-truth-box, 1"})
  void scoresBaselines(String baseline, int hits) throws IOException {
    CommandRun run =
        CommandRun.of(
            new ScoreCommand(), "--data", folder.toString(), "--baseline", baseline, "--json");

    assertThat(run.status()).isZero();
    assertThat(mapper.readTree(run.out()).at("/mergedBoxes/all/atK/0/hits").asInt())
        .isEqualTo(hits);
  }

  @Test
  void scoreNeedsPredictionsOrABaseline() {
    CommandRun neither = CommandRun.of(new ScoreCommand(), "--data", folder.toString());
    CommandRun unknown =
        CommandRun.of(new ScoreCommand(), "--data", folder.toString(), "--baseline", "centre");

    assertThat(neither.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(neither.err()).contains("--predictions", "--baseline");
    assertThat(unknown.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(unknown.err()).contains("whole-image or one-truth-box, not 'centre'");
  }

  @Test
  void aMissingFolderIsOneSentence() {
    CommandRun run = CommandRun.of(new DatasetCheckCommand(), folder.resolve("nowhere").toString());

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"200,100,", "100,50,UNHEALTHY", "100,100,UNHEALTHY", "200,102,UNHEALTHY"})
  void checkComparesThePhotoWithTheSizeOfItsAnnotations(int width, int height, ExitStatus status)
      throws IOException {
    writePhoto(width, height);

    CommandRun run =
        CommandRun.of(new DatasetCheckCommand(), folder.toString(), "--decode", "--json");

    String said =
        "the photo has %d x %d pixels where its annotations say 200 x 100".formatted(width, height);
    if (status == null) {
      assertThat(run.status()).isZero();
      assertThat(run.out()).doesNotContain("the photo has");
    } else {
      assertThat(run.status()).isEqualTo(status.code());
      assertThat(run.out()).contains(said);
    }
  }

  @Test
  void aPhotoOfAnotherShapeIsNotEvaluated() throws IOException {
    writePhoto(100, 100);

    CommandRun run =
        CommandRun.of(
            new EvaluateCommand(SmallModels.write(folder.resolve("models")), Reading::whole),
            "--data",
            folder.toString(),
            "--json");

    assertThat(run.status()).isEqualTo(ExitStatus.DAMAGED.code());
    assertThat(run.err())
        .contains("1000.jpg: the photo has 100 x 100 pixels where its annotations say 200 x 100")
        .hasLineCount(1);
  }

  @Test
  void aReducedPhotoIsEvaluatedInThePixelsOfItsAnnotations() throws IOException {
    writePhoto(100, 50);
    Path predictions = folder.resolve("predictions.json");

    CommandRun run =
        CommandRun.of(
            new EvaluateCommand(SmallModels.write(folder.resolve("models")), Reading::whole),
            "--data",
            folder.toString(),
            "--predictions",
            predictions.toString(),
            "--json");

    assertThat(run.status()).as(run.err()).isZero();
    double right = 0;
    for (JsonNode box : mapper.readTree(predictions.toFile()).findValues("boxes")) {
      for (JsonNode corners : box) {
        right = Math.max(right, corners.get(2).asDouble());
      }
    }
    assertThat(right).isBetween(101.0, 200.0);
  }

  private void writePhoto(int width, int height) throws IOException {
    ImageIO.write(
        new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB),
        "jpg",
        folder.resolve("images/1000.jpg").toFile());
  }

  @Test
  void aByteOrderMarkIsNoPartOfACaption() throws IOException {
    Path captions = folder.resolve("Sentences/1000.txt");
    Files.writeString(captions, "\uFEFF" + Files.readString(captions));
    Files.writeString(folder.resolve("val.txt"), "\uFEFF1000\n");

    assertThat(
            io.deixis.dataset.format.DatasetFormat.open(folder)
                .read("1000")
                .groundTruth()
                .get(0)
                .phrase()
                .firstChar())
        .isZero();
    assertThat(io.deixis.dataset.format.DatasetFormat.open(folder).split("val"))
        .containsExactly("1000");
  }
}
