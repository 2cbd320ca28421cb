package io.deixis.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.requests.ThresholdConverter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {

  @Test
  void readsItsTwoNames() {
    assertThat(Threshold.parse("best")).isEqualTo(Threshold.BEST);
    assertThat(Threshold.parse(" default ")).isEqualTo(Threshold.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "' 0.25 ', 0.25", "1e-3, 0.001"})
  void readsNumbers(String text, double value) {
    assertThat(Threshold.parse(text)).isEqualTo(new Threshold.Fixed(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "strict", "-0.1", "1.01", "NaN", "Infinity", "0,5"})
  void refusesAnythingElse(String text) {
    assertInvalid(() -> Threshold.parse(text), "from 0 to 1");
  }

  @Test
  void readsAsManyDigitsAsAnyNumberNeeds() {
    assertThat(Threshold.parse("0." + "0".repeat(37) + "1")).isEqualTo(new Threshold.Fixed(1e-38));
    assertInvalid(() -> Threshold.parse("0." + "0".repeat(38) + "1"), "from 0 to 1");
  }

  @Test
  void configurationsAreReadAsRequestsAre() {
    ThresholdConverter converter = new ThresholdConverter();

    assertThat(converter.convert("0.4")).isEqualTo(new Threshold.Fixed(0.4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> converter.convert("strict"))
        .withMessageContaining("from 0 to 1");
  }

  @Test
  void resolvesNamesByTheModelAndNumbersByThemselves() {
    Map<String, Double> named = Map.of("best", 0.37, "default", 0.5);

    assertThat(Threshold.BEST.resolve(named)).isEqualTo(0.37);
    assertThat(Threshold.DEFAULT.resolve(named)).isEqualTo(0.5);
    assertThat(new Threshold.Fixed(0.9).resolve(named)).isEqualTo(0.9);
  }

  @Test
  void refusesANameThatTheModelDoesNotKnow() {
    assertInvalid(() -> new Threshold.Named("strict").resolve(Map.of("best", 0.4)), "[best]");
  }

  private static void assertInvalid(Runnable refused, String sentence) {
    GroundingException refusal = catchThrowableOfType(GroundingException.class, refused::run);

    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(Reason.OPTION_INVALID);
    assertThat(refusal.field()).contains("threshold");
    assertThat(refusal).hasMessageContaining(sentence);
  }
}
