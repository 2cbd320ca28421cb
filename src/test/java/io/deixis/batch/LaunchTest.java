package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
