package io.deixis.batch.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.SmallDataset;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.evaluation.Cases;
import io.deixis.evaluation.ThresholdTuning;
import io.deixis.metrics.Calibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SweepCommandTest {

  private static final BundleManifest MANIFEST =
      new BundleManifest(
          BundleManifest.SCHEMA,
          "deixis-test",
          "1",
          "A test.",
          "Apache-2.0",
          Map.of(),
          Architecture.STANDARD,
          null,
          new Calibration(2, -1),
          Map.of("best", 0.3, "unsure", 0.1, "best/vehicles", 0.2, "default", 0.5),
          Map.of(),
          Map.of("data", "made up"));

  @TempDir Path folder;

  static Stream<Runnable> commands() {
    return Stream.of(new SweepCommand(null), new CalibrateCommand(null));
  }

  @BeforeEach
  void writeData() throws IOException {
    SmallDataset.write(folder);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void refusesTheTestSplit(Runnable command) throws IOException {
    Files.writeString(folder.resolve("test.txt"), "1001\n");

    CommandRun run = CommandRun.of(command, "--data", folder.toString(), "--split", "test");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("test images", "--split");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void refusesTestImagesUnderAnotherName(Runnable command) throws IOException {
    Files.writeString(folder.resolve("test.txt"), "1000\n");

    CommandRun run = CommandRun.of(command, "--data", folder.toString(), "--split", "val");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
  }

  @Test
  void replacesTheThresholdsOfAnEarlierSweep() {
    ThresholdTuning tuning = ThresholdTuning.of(Cases.many(), MANIFEST.calibration());

    BundleManifest tuned = new SweepCommand(null).tuned(MANIFEST, tuning, "val", 3);

    assertThat(tuned.thresholds())
        .containsOnlyKeys("best", "unsure", "default", "best/people", "best/animals")
        .containsEntry("best", tuning.all().best().threshold())
        .containsEntry("unsure", tuning.unsure().from())
        .containsEntry("default", 0.5);
    assertThat(tuned.metrics())
        .containsEntry("val f1", tuning.all().best().matrix().f1())
        .containsKeys("val precision", "val recall");
    assertThat(tuned.provenance())
        .containsEntry("data", "made up")
        .containsEntry("thresholds", "best F1, within 0.01, on the 3 images of the split val");
  }

  @Test
  void tunedThresholdsDecideAsBeforeCalibration() {
    Calibration other = new Calibration(0.5, 0.25);

    BundleManifest tuned = CalibrateCommand.tuned(MANIFEST, other, "val", 3);

    assertThat(tuned.calibration()).isEqualTo(other);
    assertThat(tuned.thresholds()).containsEntry("default", 0.5);
    assertThat(other.logit(tuned.thresholds().get("best/vehicles")))
        .isCloseTo(MANIFEST.calibration().logit(0.2), within(1e-9));
    assertThat(other.logit(tuned.thresholds().get("unsure")))
        .isCloseTo(MANIFEST.calibration().logit(0.1), within(1e-9));
  }
}
