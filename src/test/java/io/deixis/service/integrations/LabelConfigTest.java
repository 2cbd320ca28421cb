package io.deixis.service.integrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.grounding.GroundingException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelConfigTest {

  /** What somebody sends is in no log: it may hold anything. */
  @ParameterizedTest
  @ValueSource(strings = {"", "<View", "<\u001b[31m>", "<View/><View/>", "<!DOCTYPE x><View/>"})
  void whatIsNoConfigurationIsRefusedWithoutAWordOnTheErrorStream(String xml) {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThatThrownBy(() -> LabelConfig.read(xml)).isInstanceOf(GroundingException.class);
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
