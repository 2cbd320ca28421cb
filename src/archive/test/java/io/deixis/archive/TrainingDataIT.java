package io.deixis.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.evaluation.SplitQuestions;
import io.deixis.batch.launch.DeixisCommand;
import io.deixis.batch.training.TrainCommand;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.EmbeddedGrounder;
import io.deixis.engine.EngineSettings;
import io.deixis.engine.ModelSettings;
import io.deixis.engine.SmallBundle;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.evaluation.AnswerCollector;
import io.deixis.evaluation.ModelEvaluation;
import io.deixis.evaluation.SplitGrounding;
import io.deixis.grounding.GroundingOptions;
import io.deixis.metrics.AbsenceTable;
import io.deixis.metrics.RecallReport;
import io.deixis.runlog.TrainingListener;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Jobs over a data set give what the commands of one machine give. */
class TrainingDataIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static SparkHome spark;
  private static Path bundle;
  private static Path data;

  @BeforeAll
  static void draw() throws IOException {
    spark = SparkHome.at(folder.resolve("spark"));
    bundle = SmallBundle.write(folder.resolve("models"));
    data = folder.resolve("data");
    new SyntheticDataset(8, 6, 0, 2).write(data);
  }

  @Test
  void anEvaluationHasTheSameNumbersAlsoOfWhatIsAbsent() throws Exception {
    String[] told =
        spark
            .run(
                "local[2]",
                folder.resolve("evaluate.log"),
                List.of(
                    "evaluate",
                    "--data",
                    data.toString(),
                    "--model",
                    bundle.toString(),
                    "--absent",
                    "--json"))
            .split("(?m)^(?=\\{ *$)", 2);

    assertThat(told).hasSize(2);
    assertThat(JSON.readTree(told[1])).isEqualTo(evaluated());
  }

  private static JsonNode evaluated() throws IOException {
    GroundingDataset opened = DatasetFormat.open(data);
    try (EmbeddedGrounder grounder =
        EmbeddedGrounder.open(bundle, Map.of("deixis.engine.threads", "1"))) {
      AnswerCollector answers = new AnswerCollector(GroundingOptions.DEFAULTS);
      ModelEvaluation.Result result =
          new ModelEvaluation(
                  opened,
                  new SplitGrounding(opened, grounder.candidates(), TrainingListener.SILENT))
              .run(opened.split("val"), 1, true, answers);
      AbsenceTable absence =
          SplitQuestions.absence(answers, ModelBundle.open(bundle).manifest(), 1);
      assertThat(answers.answers().absent()).isNotEmpty();
      return JSON.readTree(
          JSON.writeValueAsString(new RecallReport(result.score(), result.candidates(), absence)));
    }
  }

  @Test
  void featuresAreTheSameFiles() throws Exception {
    Path byHand = folder.resolve("by-hand");
    train(byHand, "--prepare-shards");
    Path onSpark = folder.resolve("on-spark");
    copy(byHand, onSpark);
    train(byHand, "--shard", "0/2");
    train(byHand, "--shard", "1/2");

    List<String> arguments = new ArrayList<>(List.of("features", "--shards", "2", "--"));
    arguments.addAll(training(onSpark));
    spark.run("local[1]", folder.resolve("features.log"), arguments);

    Map<String, byte[]> expected = files(byHand.resolve("features"));
    Map<String, byte[]> features = files(onSpark.resolve("features"));
    assertThat(expected).hasSizeGreaterThanOrEqualTo(4);
    assertThat(features).containsOnlyKeys(expected.keySet());
    expected.forEach((name, bytes) -> assertThat(features.get(name)).as(name).isEqualTo(bytes));
  }

  private static List<String> training(Path work) {
    return List.of(
        "--data", data.toString(),
        "--out", folder.resolve("trained").toString(),
        "--work", work.toString(),
        "--start", bundle.resolve(ModelBundle.BACKBONE).toString(),
        "--held-out", "3",
        "--proposal-images", "0");
  }

  private static void train(Path work, String... part) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(EngineSettings.class)
            .withMapping(ModelSettings.class)
            .withDefaultValue("deixis.engine.threads", "1")
            .build();
    ActiveModel models =
        new ActiveModel(
            config.getConfigMapping(EngineSettings.class),
            config.getConfigMapping(ModelSettings.class));
    List<String> arguments = new ArrayList<>(training(work));
    arguments.addAll(Arrays.asList(part));
    int code =
        DeixisCommand.prepared(new CommandLine(new TrainCommand(models, "archive")))
            .execute(arguments.toArray(String[]::new));
    assertThat(code).isZero();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private static Map<String, byte[]> files(Path directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }
}
