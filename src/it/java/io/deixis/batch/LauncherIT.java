package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.dataset.synthetic.SyntheticDataset;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher and the packaged application behind it, as a person at a terminal meets them. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {

  private static final Path LAUNCHER = Path.of("deixis").toAbsolutePath();
  private static final String PHOTO = Path.of("web/public/examples/coffee.jpg").toString();
  private static final int LIMIT_SECONDS = 180;

  /** A file that is always full. */
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder;

  /**
   * One run of the launcher.
   *
   * @param status the exit code
   * @param out standard output
   * @param err the error stream
   */
  private record Run(int status, String out, String err) {}

  private Run run(Path launcher, String javaHome, String... arguments)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Run run = run(launcher, Map.of("JAVA_HOME", javaHome), out, arguments);
    return new Run(run.status, Files.readString(out), run.err);
  }

  /** Runs the launcher with its standard output sent to {@code out}, which is not read. */
  private Run run(Path launcher, Map<String, String> environment, Path out, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Run(process.exitValue(), "", Files.readString(err));
  }

  private Run run(String... arguments) throws IOException, InterruptedException {
    return run(LAUNCHER, System.getProperty("java.home"), arguments);
  }

  @Test
  void runsThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), LAUNCHER);

    Run run = run(link, System.getProperty("java.home"), "--version");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("Deixis ");
  }

  @Test
  void whoWantsNoMoreOfTheAnswerIsNotToldOfAFault() throws Exception {
    Path script = folder.resolve("script");
    Files.writeString(
        script,
        """
        #!/bin/sh
        { "%s" --help; echo $? > "%s"; } | true
        """
            .formatted(LAUNCHER, folder.resolve("status")));
    assertThat(script.toFile().setExecutable(true)).isTrue();

    Run run = run(script, System.getProperty("java.home"));

    assertThat(Files.readString(folder.resolve("status"))).isEqualTo("0\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithJavaHome() throws Exception {
    Run run = run(LAUNCHER, folder.toString(), "--version");

    assertThat(run.status()).isEqualTo(ExitStatus.UNAVAILABLE.code());
    assertThat(run.err().lines()).singleElement().asString().contains("JAVA_HOME", "JDK 17");
  }

  @ParameterizedTest
  @CsvSource({
    "-Xmx900000g, ground, -Xmx",
    "-Xmx1m, ground, -Xmx",
    "-Xmx16m, ground, -Xmx",
    "-XX:MaxDirectMemorySize=1m, ground, MaxDirectMemorySize",
    "-Xmx16m, evaluate, -Xmx",
    "-XX:MaxDirectMemorySize=1m, evaluate, MaxDirectMemorySize"
  })
  void tooLittleMemoryIsOneSentence(String option, String command, String remedy) throws Exception {
    new SyntheticDataset(1, 1, 0, 1).write(folder.resolve("data"));
    String[] arguments =
        command.equals("evaluate")
            ? new String[] {command, "--data", folder.resolve("data").toString()}
            : new String[] {command, PHOTO, "a cup"};

    Run run = run(LAUNCHER, Map.of("JAVA_OPTS", option), folder.resolve("out"), arguments);

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.MEMORY.code());
    // Java itself may tell of other threads that found no memory either.
    assertThat(
            run.err().lines().filter(line -> !line.isEmpty() && !line.contains("OutOfMemoryError")))
        .singleElement()
        .asString()
        .contains(remedy);
  }

  @ParameterizedTest
  @EnabledIf("canBeFull")
  @ValueSource(strings = {"--version", "--help"})
  void anAnswerThatIsNotWrittenIsNoSuccess(String option) throws Exception {
    Run run = run(LAUNCHER, Map.of(), FULL, option);

    assertThat(run.status()).isEqualTo(ExitStatus.STORAGE.code());
    assertThat(run.err().lines()).singleElement().asString().contains("make room");
  }

  @Test
  @EnabledIf("canBeFull")
  void aFullDiskLeavesTheDrawingThatWasThere() throws Exception {
    Path drawing = Files.writeString(folder.resolve("drawing.svg"), "before");
    Files.createSymbolicLink(folder.resolve("drawing.svg.partial"), FULL);

    Run run = run("ground", PHOTO, "a cup", "--svg", drawing.toString());

    assertThat(run.status()).isEqualTo(ExitStatus.STORAGE.code());
    assertThat(run.err()).contains("drawing.svg", "--svg");
    assertThat(drawing).hasContent("before");
  }

  static boolean canBeFull() {
    return Files.isWritable(FULL);
  }

  @Test
  void aTakenPortIsOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      Run run = run("serve", "--port", Integer.toString(taken.getLocalPort()));

      assertThat(run.status()).isEqualTo(ExitStatus.UNAVAILABLE.code());
      assertThat(run.err().lines())
          .singleElement()
          .asString()
          .contains(Integer.toString(taken.getLocalPort()), "--port");
    }
  }

  @ParameterizedTest
  @CsvSource({"ar, EG", "de, DE"})
  void numbersOfAnAnswerLookTheSameInEveryLocale(String language, String country) throws Exception {
    Path out = folder.resolve("out");
    String options = "-Duser.language=" + language + " -Duser.country=" + country;

    Run run = run(LAUNCHER, Map.of("JAVA_OPTS", options), out, "ground", PHOTO, "a cup");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Files.readString(out))
        .containsPattern("coffee.jpg \\([0-9]+ x [0-9]+\\)")
        .containsPattern("threshold 0\\.[0-9]+, model deixis-base [0-9]+");
  }

  @Test
  void aMissingImageIsOneSentence() throws Exception {
    Run run = run("ground", folder.resolve("absent.jpg").toString(), "a cat");

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err().lines()).singleElement().asString().contains("absent.jpg");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void doctorsDocumentAgreesWithItsExitCode() throws Exception {
    Run run = run("doctor", "--json", "--port", "0");

    JsonNode diagnosis = new ObjectMapper().readTree(run.out());
    ExitStatus expected =
        diagnosis.get("healthy").asBoolean() ? ExitStatus.OK : ExitStatus.UNHEALTHY;
    assertThat(run.status()).isEqualTo(expected.code());
    assertThat(diagnosis.get("findings"))
        .extracting(finding -> finding.get("name").asText())
        .containsExactly("Java", "Memory", "Engine", "Device", "Model", "Model", "Port");
  }
}
