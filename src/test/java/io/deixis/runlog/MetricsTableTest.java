package io.deixis.runlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.runlog.TrainingListener.Epoch;
import io.deixis.runlog.TrainingListener.Start;
import io.deixis.runlog.TrainingListener.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTableTest {

  @TempDir private Path folder;

  private void train(int steps, double seconds) {
    try (RunLog log = new RunLog(folder, TrainingListener.SILENT)) {
      log.onStart(new Start("matching", 0, List.of("ranking")));
      for (int step = 1; step <= steps; step++) {
        log.onTrainingStep(
            new Step("matching", 1, step, steps, Map.of("loss", (float) step), 4, 800, seconds));
      }
      log.onEpoch(new Epoch("matching", 1, steps, .625));
    }
  }

  private List<String> summary() throws IOException {
    return MetricsTable.parse(Files.readAllLines(folder.resolve(RunLog.METRICS))).summary();
  }

  @Test
  void keepsEachStepOfAShortTraining() throws IOException {
    train(3, 0.5);

    List<String> rows = summary();

    assertThat(rows.get(0))
        .startsWith("stage,epoch,step,loss,")
        .endsWith(",held-out_recall@1")
        .doesNotContain("_mb", "per_second");
    assertThat(rows).hasSize(1 + 3 + 1);
    assertThat(rows.get(2)).startsWith("matching,1,2,2.0000,");
    assertThat(rows.get(4)).startsWith("matching,1,3,,").endsWith(",0.62500");
  }

  @Test
  void averagesTheStepsOfALongOne() throws IOException {
    train(1000, 0.5);

    List<String> rows = summary();

    assertThat(rows).hasSizeBetween(160, 204);
    // 1001 rows in blocks of six
    assertThat(rows.get(1)).startsWith("matching,1,6,3.5000,");
    assertThat(rows.get(rows.size() - 1)).endsWith(",0.62500");
  }

  @Test
  void tellsNothingOfTheMachine() throws IOException {
    train(10, 0.5);
    List<String> fast = summary();
    train(10, 7);

    assertThat(summary()).isEqualTo(fast);
  }
}
