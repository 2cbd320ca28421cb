package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.SmallBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Long commands that are told to end: they end with the signal's own code, call it nobody's fault,
 * leave no half of a file, and where they go on from what is whole, the same command ends the work.
 */
@DisabledOnOs(OS.WINDOWS)
class InterruptedIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int PHOTOS = 300;

  @TempDir private static Path shared;
  private static String data;

  @TempDir private Path folder;

  @BeforeAll
  static void draw() throws IOException {
    SmallBundle.write(shared.resolve("models"));
    new SyntheticDataset(24, PHOTOS - 24, 0, 1).write(shared.resolve("data"));
    data = shared.resolve("data").toString();
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of("deixis").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    // One processor is not done before the signal comes, however many the machine has.
    builder
        .environment()
        .put(
            "JAVA_OPTS",
            "-XX:TieredStopAtLevel=1 -XX:ActiveProcessorCount=1 -Ddeixis.models.active="
                + SmallBundle.NAME);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("DEIXIS_MODELS_DIRECTORY", shared.resolve("models").toString());
    return builder.start();
  }

  /** Sends the signal as soon as a file has something, and returns the exit code. */
  private int signalled(String signal, Path once, String... arguments) throws Exception {
    Process process = start(arguments);
    try {
      Instant limit = Instant.now().plus(LIMIT);
      while (Files.notExists(once) || Files.size(once) == 0) {
        assertThat(process.isAlive()).as(err()).isTrue();
        assertThat(Instant.now()).as("%s is written", once).isBefore(limit);
        Thread.sleep(2);
      }
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      return ended(process);
    } finally {
      process.destroyForcibly();
    }
  }

  private int ended(Process process) throws InterruptedException {
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("ended in time").isTrue();
    return process.exitValue();
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private void assertNobodysFault() throws IOException {
    assertThat(err()).doesNotContain("a fault", "Exception", "shutting down", "\tat ");
  }

  @ParameterizedTest
  @CsvSource({"TERM, TERMINATED", "INT, INTERRUPTED"})
  void photosThatWereAnsweredAreKeptAndTheOthersAskedWithResume(String signal, ExitStatus status)
      throws Exception {
    Path answers = folder.resolve("answers.ndjson");
    Path journal = folder.resolve("answers.ndjson.part");
    String[] ground = {
      "ground",
      data + "/images",
      "a man",
      "a dog",
      "--format",
      "ndjson",
      "--out",
      answers.toString()
    };

    assertThat(signalled(signal, journal, ground)).as(err()).isEqualTo(status.code());

    assertNobodysFault();
    assertThat(answers).doesNotExist();
    List<String> whole = Files.readAllLines(journal);
    assertThat(whole).hasSizeBetween(1, PHOTOS - 1);
    assertThat(whole)
        .allSatisfy(line -> assertThat(new ObjectMapper().readTree(line)).isNotEmpty());

    List<String> resumed = new ArrayList<>(List.of(ground));
    resumed.add("--resume");
    assertThat(ended(start(resumed.toArray(String[]::new)))).as(err()).isZero();
    assertThat(Files.readAllLines(answers)).hasSize(PHOTOS).startsWith(whole.get(0));
    assertThat(journal).doesNotExist();
  }

  @Test
  void anEvaluationLeavesTheReportThatWasThere() throws Exception {
    Path report = Files.createDirectories(folder.resolve("report"));
    Path before = Files.writeString(report.resolve("report.json"), "before");

    int code =
        signalled(
            "TERM",
            folder.resolve("err"), // its progress
            "evaluate",
            "--data",
            data,
            "--report",
            report.toString(),
            "--predictions",
            folder.resolve("predictions.json").toString());

    assertThat(code).as(err()).isEqualTo(ExitStatus.TERMINATED.code());
    assertNobodysFault();
    assertThat(report).isDirectoryContaining(before::equals);
    assertThat(report.toFile().list()).hasSize(1);
    assertThat(before).hasContent("before");
    assertThat(folder.resolve("predictions.json")).doesNotExist();
  }

  private String[] train(Path bundle) {
    return new String[] {
      "train",
      "--data=" + data,
      "--out=" + bundle,
      "--work=" + folder.resolve("work"),
      "--held-out=4",
      "--proposal-images=4",
      "--heads=2",
      "--no-second-view",
      "--epochs=3",
      "--batch=4"
    };
  }

  /** The runtime, which is only starting, would run the command to its end first. */
  @ParameterizedTest
  @ValueSource(ints = {100, 300, 600, 1000, 1500})
  void whatIsToldToEndWhileItStartsDoesNotGoOn(int millis) throws Exception {
    Path bundle = folder.resolve("bundles/trained");
    Process process = start(train(bundle));
    try {
      Thread.sleep(millis);
      process.destroy();

      assertThat(ended(process)).as(err()).isEqualTo(ExitStatus.TERMINATED.code());
      assertNobodysFault();
      assertThat(bundle).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aTrainingGoesOnWithTheSameCommand() throws Exception {
    Path bundle = folder.resolve("bundles/trained");
    String[] train = train(bundle);

    assertThat(signalled("TERM", folder.resolve("work/backbone.pt.origin.json"), train))
        .as(err())
        .isEqualTo(ExitStatus.TERMINATED.code());

    assertNobodysFault();
    assertThat(bundle).doesNotExist();
    assertThat(ended(start(train))).as(err()).isZero();
    assertThat(bundle.resolve("bundle.json")).isNotEmptyFile();
  }
}
