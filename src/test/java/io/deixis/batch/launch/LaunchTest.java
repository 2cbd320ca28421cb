package io.deixis.batch.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchTest {

  private static final String HOST_ENABLED = "quarkus.http.host-enabled";

  @Test
  void aBareStartServes() {
    Launch launch = Launch.of();

    assertThat(launch.arguments()).containsExactly("serve");
    assertThat(launch.settings()).doesNotContainKey(HOST_ENABLED);
    assertThat(launch.greeting()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ground photo.jpg serve",
        "doctor",
        "--help",
        "serve --help",
        "serve --port many",
        "serve --port 70000",
        "serve --port -1",
        "serve --nonsense"
      })
  void whatDoesNotServeOpensNoPort(String line) {
    Launch launch = Launch.of(line.split(" "));

    assertThat(launch.settings()).containsEntry(HOST_ENABLED, "false");
    assertThat(launch.greeting()).isEmpty();
  }

  @Test
  void optionsOfServeBecomeSettings() {
    assertThat(Launch.of("serve", "--port", "9000", "--worker", "--verbose").settings())
        .containsEntry("quarkus.http.port", "9000")
        .containsEntry("deixis.pages.enabled", "false")
        .doesNotContainKeys(HOST_ENABLED, "quarkus.log.level");
  }

  @Test
  void verboseMayComeFirst() {
    assertThat(Launch.of("--verbose", "serve").settings()).doesNotContainKey(HOST_ENABLED);
  }

  @Test
  void aFolderForTemporaryFilesThatCannotBeWrittenIsNamed() {
    assertThat(StartFailure.temporaryFolder("/proc/nowhere"))
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.status()).isEqualTo(ExitStatus.STORAGE);
              assertThat(failure.sentence()).contains("\"/proc/nowhere\"", "java.io.tmpdir");
            });
    assertThat(StartFailure.temporaryFolder(System.getProperty("java.io.tmpdir"))).isEmpty();
  }

  /** As the runtime throws them for QUARKUS_HTTP_PORT=70000 and the like. */
  static Stream<Arguments> unusableSettings() {
    return Stream.of(
        arguments(new IllegalArgumentException("port p must be in range 0 <= p <= 65535"), "65535"),
        arguments(
            new IllegalArgumentException("SRCFG00029: Expected an integer, got \"x\""), "\"x\""),
        arguments(new NoSuchElementException("SRCFG00014: The property a.b is required"), "a.b"),
        arguments(new UnknownHostException("nowhere.invalid"), "quarkus.http.host"),
        arguments(new SocketException("Permission denied"), "Permission denied"));
  }

  @ParameterizedTest
  @MethodSource("unusableSettings")
  void aSettingThatCannotBeUsedIsNoFaultOfTheSoftware(Exception cause, String told) {
    StartFailure failure = StartFailure.of(new RuntimeException("Failed to start", cause));

    assertThat(failure.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(failure.sentence()).contains("configuration", told).doesNotContain("SRCFG", "\n");
  }

  @Test
  void aPortThatThereIsNotIsAMistakeOfTheArguments() {
    CommandRun run =
        CommandRun.of(
            picocli.CommandLine.Model.CommandSpec.forAnnotatedObject(new ServeOptions()),
            "--port",
            "70000");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run.err()).contains("from 0 to 65535, not '70000'");
  }
}
