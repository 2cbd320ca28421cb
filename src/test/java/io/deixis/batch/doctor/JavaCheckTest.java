package io.deixis.batch.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaCheckTest {

  @ParameterizedTest
  @CsvSource({"11.0.2, FAILED", "17, OK", "25.0.1, OK"})
  void needsSeventeen(String version, Finding.State state) {
    assertThat(new JavaCheck(Runtime.Version.parse(version)).run().state()).isEqualTo(state);
  }

  @Test
  void namesThePlatform() {
    assertThat(new JavaCheck(Runtime.version()).run().detail())
        .contains(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }
}
