package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCommandTest {

  @TempDir Path folder;

  private final ObjectMapper mapper = new ObjectMapper();

  @BeforeEach
  void writeData() throws IOException {
    SmallDataset.write(folder);
  }

  @Test
  void checkReadsEverySplit() {
    CommandRun run = CommandRun.of(new DatasetCheckCommand(), folder.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.contains("0 unusable"));
  }

  @Test
  void checkNamesABrokenFile() throws IOException {
    Files.writeString(folder.resolve("Annotations/1000.xml"), "<annotation>");

    CommandRun run = CommandRun.of(new DatasetCheckCommand(), folder.toString());

    assertThat(run.status()).isEqualTo(ExitStatus.UNHEALTHY.code());
    assertThat(run.out()).contains("1 unusable", "1000.xml");
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
        CommandRun.of(
            new DatasetStatsCommand(mapper), folder.toString(), "--split", "val", "--json");

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
        .containsExactly(
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
            new ScoreCommand(mapper),
            "--data",
            folder.toString(),
            "--predictions",
            predictions.toString(),
            "--json");

    JsonNode recall = mapper.readTree(run.out()).at("/anyBox/all/atK");
    assertThat(recall.get(0).get("hits").asInt()).isZero();
    assertThat(recall.get(1).get("hits").asInt()).isEqualTo(1);
  }

  @Test
  void aMissingFolderIsOneSentence() {
    CommandRun run = CommandRun.of(new DatasetCheckCommand(), folder.resolve("nowhere").toString());

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err().lines()).hasSize(1);
  }
}
