package io.deixis.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deixis.grounding.Refusal.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroundingOptionsTest {

  @Test
  void takesTheEndsOfTheRanges() {
    assertThatCode(
            () -> {
              new GroundingOptions(Threshold.BEST, 1, 0);
              new GroundingOptions(Threshold.BEST, 100, 1);
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 101})
  void refusesATopOutOfRange(int top) {
    assertInvalid(() -> new GroundingOptions(Threshold.BEST, top, 0.5), "top", "is " + top);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
  void refusesAnNmsOutOfRange(double nms) {
    assertInvalid(() -> new GroundingOptions(Threshold.BEST, 5, nms), "nms", "is " + nms);
  }

  private static void assertInvalid(Runnable refused, String field, String sentence) {
    GroundingException refusal = catchThrowableOfType(GroundingException.class, refused::run);

    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(Reason.OPTION_INVALID);
    assertThat(refusal.field()).contains(field);
    assertThat(refusal).hasMessageContaining(sentence);
  }
}
