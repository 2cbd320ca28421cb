package io.deixis.engine.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.dataset.DatasetException;
import io.deixis.evaluation.Cases;
import io.deixis.metrics.Ablation;
import io.deixis.metrics.BundleEvaluation;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.ScoreReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationFolderTest {

  private static final Calibration CALIBRATION = new Calibration(0.7, 0.1);

  @TempDir Path bundle;
  private EvaluationFolder folder;

  @BeforeEach
  void open() {
    folder = EvaluationFolder.of(bundle);
  }

  @Test
  void bundleWithoutAFolderTellsNothing() {
    assertThat(folder.read()).isEqualTo(BundleEvaluation.NONE);
  }

  @Test
  void scoresComeBackAsTheyWereWritten() throws IOException {
    ScoreReport written = scores();
    write(written);

    ScoreReport read = folder.read(CALIBRATION).scores();

    assertThat(read.all()).isEqualTo(written.all());
    assertThat(read.types()).isEqualTo(written.types());
    assertThat(read.types().keySet()).containsExactly("animals", "people");
    assertThat(read.figures().natural().matrix()).isEqualTo(written.figures().natural().matrix());
    assertThat(read.figures().curve()).hasSize(101);
  }

  @Test
  void scoresOfAnotherCalibrationAreLeftOut() throws IOException {
    write(scores());

    assertThat(folder.read(new Calibration(0.7, 0.2)).scores()).isNull();
    assertThat(folder.read(new Calibration(0.7 + 1e-9, 0.1)).scores()).isNotNull();
  }

  private void write(ScoreReport scores) throws IOException {
    Files.createDirectories(folder.directory());
    Files.write(
        folder.directory().resolve(EvaluationFolder.SCORES), EvaluationFolder.document(scores));
  }

  @Test
  void readsRecallAndAblationOfTheirFiles() throws IOException {
    Files.createDirectories(folder.directory());
    Files.copy(
        Path.of("models/deixis-small/evaluation/val.json"),
        folder.directory().resolve(EvaluationFolder.RECALL));
    Files.writeString(
        folder.directory().resolve(EvaluationFolder.ABLATION),
        """
        [{"name": "small", "change": "", "r1": 0.71, "low": 0.686, "high": 0.735, "r5": 0.888},
         {"name": "no colour", "change": "grey photos", "r1": 0.65, "medr": 1, "note": "new"}]
        """);

    BundleEvaluation evaluation = folder.read();

    assertThat(evaluation.recall().score().anyBox().all().phrases()).isEqualTo(3251);
    assertThat(evaluation.recall().candidates().types()).isNotEmpty();
    assertThat(evaluation.ablation())
        .containsExactly(
            new Ablation("small", "", 0.71, 0.686, 0.735, 0.888, null),
            new Ablation("no colour", "grey photos", 0.65, null, null, null, 1.0));
  }

  @Test
  void brokenFileIsNamed() throws IOException {
    Files.createDirectories(folder.directory());
    Files.writeString(folder.directory().resolve(EvaluationFolder.SCORES), "{");

    assertThatThrownBy(folder::read)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("scores.json");
  }

  private static ScoreReport scores() {
    return ScoreReport.of(
        "val", 3, Cases.many().boxCases(), Cases.many().boxCasesByType(), CALIBRATION, 0.4);
  }
}
