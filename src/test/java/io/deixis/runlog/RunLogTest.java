package io.deixis.runlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.runlog.TrainingListener.Epoch;
import io.deixis.runlog.TrainingListener.Look;
import io.deixis.runlog.TrainingListener.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {

  @TempDir private Path folder;

  private static Step step(String stage, long done) {
    return new Step(stage, 1, done, 10, Map.of("loss", 2.5f, "learning rate", 0.001f), 4, 800, 0.5);
  }

  private static Look look(long step) {
    return new Look(
        "matching",
        1,
        step,
        "1000",
        List.of(
            new Look.Phrase(
                "a dog", 1, List.of(new Look.Candidate(new float[] {0, 0, 1, 1}, .9f, true)))));
  }

  private List<Map<String, String>> metrics() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(RunLog.METRICS));
    String[] names = lines.get(0).split(",");
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      assertThat(cells).hasSameSizeAs(names);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  @Test
  void writesARowForEachStepAndEpoch() throws IOException {
    try (RunLog log = new RunLog(folder)) {
      TrainingListener listener = log.with(TrainingListener.SILENT);
      listener.onStart("matching", 0);
      listener.onTrainingStep(step("matching", 1));
      listener.onEpoch(new Epoch("matching", 1, 1, .625));
    }

    assertThat(metrics()).hasSize(2);
    assertThat(metrics().get(0))
        .containsEntry("stage", "matching")
        .containsEntry("step", "1")
        .containsEntry("loss", "2.5")
        .containsEntry("ranking", "")
        .containsEntry("images_per_second", "8.0")
        .containsEntry("pairs_per_second", "1600.0");
    assertThat(metrics().get(1))
        .containsEntry("epoch", "1")
        .containsEntry("loss", "")
        .containsEntry("held-out_recall@1", "0.62500");
  }

  @Test
  void goingOnDoublesNoRowAndMendsATornOne() throws IOException {
    try (RunLog log = new RunLog(folder)) {
      TrainingListener listener = log.with(TrainingListener.SILENT);
      listener.onStart("proposals", 0);
      listener.onTrainingStep(step("proposals", 1));
      listener.onTrainingStep(step("proposals", 2));
      listener.onStart("matching", 0);
      for (int done = 1; done <= 3; done++) {
        listener.onLook(look(done));
        listener.onTrainingStep(step("matching", done));
      }
    }
    Files.writeString(folder.resolve(RunLog.METRICS), "matching,1,4,2.", StandardOpenOption.APPEND);
    Files.writeString(folder.resolve(RunLog.LOOKS), "{\"stage\":\"mat", StandardOpenOption.APPEND);

    try (RunLog log = new RunLog(folder)) {
      TrainingListener listener = log.with(TrainingListener.SILENT);
      listener.onStart("matching", 2);
      listener.onTrainingStep(step("matching", 3));
      listener.onLook(look(3));
    }

    assertThat(metrics())
        .extracting(row -> row.get("stage") + " " + row.get("step"))
        .containsExactly("proposals 1", "proposals 2", "matching 1", "matching 2", "matching 3");
    assertThat(Files.readAllLines(folder.resolve(RunLog.LOOKS)))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("{\"stage\":\"matching\"").endsWith("}"))
        .last()
        .asString()
        .contains("\"a dog\"");
  }

  @Test
  void othersAreToldTheSame() {
    List<Long> told = new ArrayList<>();
    try (RunLog log = new RunLog(folder)) {
      TrainingListener listener = log.with(progress -> told.add(progress.done()));
      listener.onStart("matching", 0);
      listener.onTrainingStep(step("matching", 1));
    }

    assertThat(told).containsExactly(1L);
  }
}
