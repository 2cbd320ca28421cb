package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the packaged application behind it, as a person at a terminal meets them. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {

  private static final Path LAUNCHER = Path.of("deixis").toAbsolutePath();
  private static final int LIMIT_SECONDS = 60;

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
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", javaHome);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
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
  void saysWhatIsWrongWithJavaHome() throws Exception {
    Run run = run(LAUNCHER, folder.toString(), "--version");

    assertThat(run.status()).isEqualTo(ExitStatus.UNAVAILABLE.code());
    assertThat(run.err().lines()).singleElement().asString().contains("JAVA_HOME", "JDK 17");
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
        .containsExactly("Java", "Memory", "Engine", "Device", "Model", "Port");
  }
}
