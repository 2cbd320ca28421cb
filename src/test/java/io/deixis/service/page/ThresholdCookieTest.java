package io.deixis.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.grounding.TypeThresholds;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdCookieTest {

  @Test
  void readsWhatItWrote() {
    Map<String, Double> types = new LinkedHashMap<>();
    types.put("people", 0.5);
    types.put("odd ~:;,=\"type", 1.0);
    TypeThresholds thresholds = new TypeThresholds(0.34, types, 0.12);

    String value = ThresholdCookie.write(thresholds);

    assertThat(value).startsWith("0.34!0.12~people!0.50~").matches("[!-~&&[^\",;\\\\]]*");
    assertThat(ThresholdCookie.read(value)).contains(thresholds);
  }

  @Test
  void withoutTypesItIsANumber() {
    assertThat(ThresholdCookie.read("0.20"))
        .contains(new TypeThresholds(0.2, Collections.emptyMap(), 0.1));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "a",
        "NaN",
        "1.01",
        "-0.1",
        "0.3~",
        "0.3!",
        "0.3!2",
        "0.3~people",
        "0.3~people!x",
        "0.3~%zz!0.1"
      })
  void passesOverWhatItDidNotWrite(String value) {
    assertThat(ThresholdCookie.read(value)).isEmpty();
  }
}
