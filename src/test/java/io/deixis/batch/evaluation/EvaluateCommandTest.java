package io.deixis.batch.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.SmallDataset;
import io.deixis.batch.SmallModels;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.EvaluationFolder;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.language.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

  /** A file that is always full. */
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder;

  private CommandRun evaluate(ActiveModel models, String... more) {
    new SyntheticDataset(1, 2, 0, 3).write(folder.resolve("data"));
    List<String> arguments = new ArrayList<>(List.of("--data", folder.resolve("data").toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(
        new EvaluateCommand(models, Reading::whole), arguments.toArray(String[]::new));
  }

  @Test
  @EnabledIf("canBeFull")
  void aFullDiskLeavesTheReportThatWasThere() throws IOException {
    ActiveModel models = SmallModels.write(folder.resolve("models"));
    Path report = Files.createDirectory(folder.resolve("report"));
    Files.writeString(report.resolve("report.json"), "before");
    Files.createSymbolicLink(report.resolve("report.json.partial"), FULL);

    CommandRun run = evaluate(models, "--report", report.toString());

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.STORAGE.code());
    assertThat(run.err()).contains("make room", "--report");
    assertThat(report.resolve("report.json")).hasContent("before");
    assertThat(report).isDirectoryNotContaining("glob:**.partial");
  }

  static boolean canBeFull() {
    return Files.isWritable(FULL);
  }

  @Test
  void recordsTheRecallsInTheBundle() throws IOException {
    ActiveModel models = SmallModels.write(folder.resolve("models"));

    CommandRun run = evaluate(models, "--record");

    assertThat(run.status()).as(run.err()).isZero();
    ModelBundle bundle = ModelBundle.open(models.directory());
    assertThat(bundle.manifest().metrics())
        .containsOnlyKeys(
            "val recall@1",
            "val recall@1 merged",
            "val recall@10",
            "val recall@5",
            "val upper bound");
    assertThat(bundle.manifest().thresholds()).containsEntry("best", 0.4);
    double recall =
        EvaluationFolder.of(bundle.directory())
            .read()
            .recall()
            .score()
            .anyBox()
            .all()
            .atK()
            .get(0)
            .value();
    assertThat(bundle.manifest().metrics().get("val recall@1")).isCloseTo(recall, within(1e-6));
  }

  @Test
  void asksForWhatIsAbsentAndRecordsHowItIsTold() throws IOException {
    ActiveModel models = SmallModels.write(folder.resolve("models"));

    CommandRun run = evaluate(models, "--absent", "--unseen", "colours", "--record");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("| siblings of kinds not trained on: colours", "the images' own phrases");
    ModelBundle bundle = ModelBundle.open(models.directory());
    assertThat(bundle.manifest().metrics())
        .containsKeys("val found", "val auroc, siblings of kinds not trained on");
    assertThat(EvaluationFolder.of(bundle.directory()).read().recall().absent().rows())
        .isNotEmpty();
  }

  @Test
  void kindsOfSiblingsThatThereAreNotAreRefused() throws IOException {
    ActiveModel models = SmallModels.write(folder.resolve("models"));

    CommandRun run = evaluate(models, "--absent", "--unseen", "cutlery");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run.err()).contains("cutlery", "instruments");
  }

  @Test
  void curvesThatAreNotThereAreSaid() throws IOException {
    ActiveModel models = SmallModels.write(folder.resolve("models"));

    CommandRun run =
        evaluate(
            models,
            "--report",
            folder.resolve("report").toString(),
            "--training",
            folder.resolve("none.csv").toString());

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err()).contains("none.csv", "--training");
  }

  @Test
  void aReportThatCannotBeWrittenStopsBeforeTheModelIsLoaded() throws IOException {
    SmallDataset.write(folder);
    Path file = Files.createFile(folder.resolve("taken"));

    CommandRun run =
        CommandRun.of(
            new EvaluateCommand(null, Reading::whole),
            "--data",
            folder.toString(),
            "--report",
            file.toString());

    assertThat(run.status()).isEqualTo(ExitStatus.STORAGE.code());
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("taken", "--report");
  }
}
