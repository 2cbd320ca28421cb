package io.deixis.runlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.runlog.TrainingListener.Epoch;
import io.deixis.runlog.TrainingListener.Start;
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

  private static Start start(String stage, long done) {
    return new Start(
        stage, done, stage.equals("proposals") ? List.of("box") : List.of("ranking", "all pairs"));
  }

  private static BatchSample sample(long step) {
    return new BatchSample(
        "matching",
        1,
        step,
        "1000",
        List.of(
            new BatchSample.Phrase(
                "a dog",
                1,
                List.of(new BatchSample.Candidate(new float[] {0, 0, 1, 1}, .9f, true)))));
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
    try (RunLog log = new RunLog(folder, TrainingListener.SILENT)) {
      log.onStart(start("matching", 0));
      log.onTrainingStep(step("matching", 1));
      log.onEpoch(new Epoch("matching", 1, 1, .625));
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
    try (RunLog log = new RunLog(folder, TrainingListener.SILENT)) {
      log.onStart(start("proposals", 0));
      log.onTrainingStep(step("proposals", 1));
      log.onTrainingStep(step("proposals", 2));
      log.onStart(start("matching", 0));
      for (int done = 1; done <= 3; done++) {
        log.onSample(sample(done));
        log.onTrainingStep(step("matching", done));
      }
    }
    Files.writeString(folder.resolve(RunLog.METRICS), "matching,1,4,2.", StandardOpenOption.APPEND);
    Files.writeString(
        folder.resolve(RunLog.SAMPLES), "{\"stage\":\"mat", StandardOpenOption.APPEND);

    try (RunLog log = new RunLog(folder, TrainingListener.SILENT)) {
      log.onStart(start("matching", 2));
      log.onTrainingStep(step("matching", 3));
      log.onSample(sample(3));
    }

    assertThat(metrics())
        .extracting(row -> row.get("stage") + " " + row.get("step"))
        .containsExactly("proposals 1", "proposals 2", "matching 1", "matching 2", "matching 3");
    assertThat(Files.readAllLines(folder.resolve(RunLog.SAMPLES)))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("{\"stage\":\"matching\"").endsWith("}"))
        .last()
        .asString()
        .contains("\"a dog\"");
  }

  @Test
  void othersAreToldTheSame() {
    List<Long> told = new ArrayList<>();
    try (RunLog log = new RunLog(folder, progress -> told.add(progress.done()))) {
      log.onStart(start("matching", 0));
      log.onTrainingStep(step("matching", 1));
    }

    assertThat(told).containsExactly(1L);
  }

  @Test
  void eachStageBringsTheColumnsOfItsTerms() throws IOException {
    try (RunLog log = new RunLog(folder, TrainingListener.SILENT)) {
      log.onStart(start("proposals", 0));
      log.onTrainingStep(new Step("proposals", 1, 1, 1, Map.of("loss", 2f, "box", 2f), 4, 0, 1));
      log.onStart(start("matching", 0));
      log.onTrainingStep(
          new Step(
              "matching",
              1,
              1,
              1,
              Map.of("loss", 3f, "ranking", 1f, "all pairs", 2f, "accuracy", .5f),
              4,
              800,
              1));
    }

    assertThat(Files.readAllLines(folder.resolve(RunLog.METRICS)).get(0))
        .startsWith("stage,epoch,step,loss,box,ranking,all_pairs,accuracy,positive_rate,");
    assertThat(metrics().get(0)).containsEntry("box", "2.0").containsEntry("ranking", "");
    assertThat(metrics().get(1)).containsEntry("box", "").containsEntry("all_pairs", "2.0");
    MetricsLog read = new MetricsLog();
    Files.readAllLines(folder.resolve(RunLog.METRICS)).forEach(read::add);
    assertThat(read.stages().get(1).terms()).containsExactly("ranking", "all_pairs");
  }

  @Test
  void theHeartbeatTellsTheStateAndItsSentence() {
    assertThat(Heartbeat.read(folder)).isEmpty();

    try (RunLog log = new RunLog(folder, TrainingListener.SILENT)) {
      log.onStep(new TrainingListener.Progress("features", 3, 8, Map.of()));
      log.failed("The disk is full; make room.");
    }

    Heartbeat last = Heartbeat.read(folder).orElseThrow();
    assertThat(last.state()).isEqualTo(Heartbeat.State.FAILED);
    assertThat(last.stage()).isEqualTo("features");
    assertThat(last.done()).isEqualTo(3);
    assertThat(last.total()).isEqualTo(8);
    assertThat(last.sentence()).isEqualTo("The disk is full; make room.");
  }

  @Test
  void whoReadsOnSeesWhatWasWritten() {
    RunReader reader = new RunReader(folder);
    try (RunLog log = new RunLog(folder, TrainingListener.SILENT)) {
      log.onStart(start("matching", 0));
      log.onSample(sample(1));
      log.onTrainingStep(step("matching", 1));
      RunReader.Snapshot first = reader.read();
      log.onTrainingStep(step("matching", 2));

      RunReader.Snapshot second = reader.read();
      assertThat(first.stages().get(0).step()).isEqualTo(1);
      assertThat(second.stages().get(0).step()).isEqualTo(2);
      assertThat(second.version()).isNotEqualTo(first.version());
      assertThat(second.sample().orElseThrow().phrases().get(0).scores()).isEqualTo("0.90 right");
    }
  }
}
