package io.deixis.batch.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.SmallModels;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.ActiveModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetPairsCommandTest {

  @TempDir Path folder;

  private final ObjectMapper mapper = new ObjectMapper();
  private GroundingDataset data;
  private Path directory;
  private ActiveModel models;

  @BeforeEach
  void draw() throws IOException {
    directory = folder.resolve("data");
    new SyntheticDataset(20, 3, 0, 5).write(directory);
    data = DatasetFormat.open(directory);
    models = SmallModels.write(folder.resolve("models"));
  }

  @Test
  void countsThePairsOfEveryImage() throws IOException {
    Path csv = folder.resolve("pairs.csv");

    CommandRun run =
        CommandRun.of(
            new DatasetPairsCommand(models),
            directory.toString(),
            "--images",
            csv.toString(),
            "--json");

    assertThat(run.status()).isZero();
    List<String> ids = data.split("val");
    JsonNode counts = mapper.readTree(run.out());
    int phrases = ids.stream().mapToInt(id -> data.read(id).groundTruth().size()).sum();
    assertThat(counts.get("images").asInt()).isEqualTo(3);
    assertThat(counts.get("phrases").asInt()).isEqualTo(phrases);
    long pairs = counts.get("positives").asLong() + counts.get("negatives").asLong();
    assertThat(pairs).isPositive();
    assertThat(pairs % phrases).as("every phrase with every candidate").isZero();
    assertThat(counts.get("hardNegatives").asLong())
        .isLessThanOrEqualTo(counts.get("negatives").asLong());
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines.subList(1, 4)).extracting(line -> line.split(",")[0]).isEqualTo(ids);
    assertThat(lines.stream().skip(1).mapToLong(line -> Long.parseLong(line.split(",")[2])).sum())
        .isEqualTo(counts.get("positives").asLong());
  }

  @Test
  void aFileThatCannotBeWrittenIsSaid() throws IOException {
    Files.createFile(folder.resolve("taken"));

    CommandRun run =
        CommandRun.of(
            new DatasetPairsCommand(models),
            directory.toString(),
            "--images",
            folder.resolve("taken/pairs.csv").toString());

    assertThat(run.status()).isEqualTo(ExitStatus.STORAGE.code());
    assertThat(run.err()).contains("pairs.csv");
  }
}
