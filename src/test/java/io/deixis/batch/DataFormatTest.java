package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.data.DatasetCheckCommand;
import io.deixis.batch.data.DatasetSplitCommand;
import io.deixis.batch.data.DatasetStatsCommand;
import io.deixis.batch.evaluation.EvaluateCommand;
import io.deixis.batch.evaluation.ScoreCommand;
import io.deixis.batch.training.TrainCommand;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.dataset.format.JsonSamples;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.language.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands do with data in the formats of JSON. */
class DataFormatTest {

  private final ObjectMapper mapper = new ObjectMapper();

  @TempDir Path folder;
  private GroundingDataset drawn;

  @BeforeEach
  void draw() {
    new SyntheticDataset(6, 2, 0, 3).write(folder.resolve("drawn"));
    drawn = DatasetFormat.open(folder.resolve("drawn"));
  }

  private Path write(String format) throws IOException {
    Path data = Files.createDirectories(folder.resolve(format));
    for (String split : List.of("train", "val")) {
      if (format.equals("coco")) {
        JsonSamples.writeCoco(drawn, split, data.resolve("drawn_" + split + ".json"));
      } else {
        JsonSamples.writeOdvg(drawn, split, data.resolve(split + ".jsonl"));
      }
    }
    return data;
  }

  @ParameterizedTest
  @ValueSource(strings = {"coco", "odvg"})
  void dataIsCheckedCountedDividedAndScored(String format) throws IOException {
    String data = write(format).toString();

    CommandRun check =
        CommandRun.of(new DatasetCheckCommand(), data, "--decode", "--format", format);
    assertThat(check.status()).as(check.out() + check.err()).isZero();
    assertThat(check.out()).contains("6 ids, 0 unusable, 0 without image file");

    CommandRun stats = CommandRun.of(new DatasetStatsCommand(), data, "--json");
    CommandRun original =
        CommandRun.of(new DatasetStatsCommand(), folder.resolve("drawn").toString(), "--json");
    JsonNode counts = mapper.readTree(stats.out());
    JsonNode expected = mapper.readTree(original.out());
    for (String count : List.of("images", "sentences", "groundedPhrases", "groundedSentences")) {
      assertThat(counts.get(count)).as(count).isEqualTo(expected.get(count));
    }

    CommandRun split =
        CommandRun.of(new DatasetSplitCommand(), data, "--into", "fit=0.5,check=0.5");
    assertThat(split.status()).as(split.err()).isZero();
    assertThat(DatasetFormat.open(Path.of(data)).split("fit")).hasSize(3);

    CommandRun score =
        CommandRun.of(new ScoreCommand(), "--data", data, "--baseline", "one-truth-box", "--json");
    assertThat(score.status()).as(score.err()).isZero();
    assertThat(mapper.readTree(score.out()).at("/anyBox/all/atK/0/value").asDouble()).isEqualTo(1);
  }

  @Test
  void aModelIsTrainedOnOneFormatAndJudgedOnAnother() throws IOException {
    ActiveModel models = SmallModels.write(folder.resolve("models"));
    Path bundle = folder.resolve("models/learnt");
    CommandRun train =
        CommandRun.of(
            new TrainCommand(models, "test"),
            "--data",
            write("odvg").toString(),
            "--out",
            bundle.toString(),
            "--work",
            folder.resolve("work").toString(),
            "--held-out",
            "3",
            "--proposal-images",
            "0",
            "--heads",
            "1",
            "--epochs",
            "1",
            "--batch",
            "2");
    assertThat(train.status()).as(train.err()).isZero();
    assertThat(ModelBundle.open(bundle).manifest().name()).isEqualTo("learnt");

    Path predictions = folder.resolve("predictions.json");
    String coco = write("coco").resolve("drawn_val.json").toString();
    CommandRun evaluate =
        CommandRun.of(
            new EvaluateCommand(models, Reading::whole),
            "--data",
            folder.resolve("coco").toString(),
            "--model",
            "learnt",
            "--predictions",
            predictions.toString(),
            "--json");
    assertThat(evaluate.status()).as(evaluate.err()).isZero();

    CommandRun score =
        CommandRun.of(
            new ScoreCommand(), "--data", coco, "--predictions", predictions.toString(), "--json");
    assertThat(score.status()).as(score.err()).isZero();
    assertThat(mapper.readTree(score.out()))
        .isEqualTo(mapper.readTree(evaluate.out()).get("score"));
  }

  @Test
  void aFormatThatThereIsNot() {
    CommandRun run =
        CommandRun.of(new DatasetStatsCommand(), folder.toString(), "--format", "pickle");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run.err()).contains("one of flickr30k, coco, odvg, phrases, not 'pickle'");
  }

  @Test
  void aBrokenFileIsNamedInOneSentence() throws IOException {
    Path file = write("odvg").resolve("val.jsonl");
    Files.writeString(file, Files.readString(file).replaceFirst("\"width\":\\d+", "\"width\":-1"));

    CommandRun run = CommandRun.of(new DatasetStatsCommand(), file.toString(), "--split", "val");

    assertThat(run.status()).isNotZero();
    assertThat(run.err()).contains(file + " cannot be read in line 1: width is no").hasLineCount(1);
  }
}
