package io.deixis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationErrorTest {

  private final CalibrationError calibrationError = new CalibrationError(2);

  @Test
  void weighsTheGapOfEachBinByItsCases() {
    calibrationError.update(0.1, false);
    calibrationError.update(0.3, true);
    calibrationError.update(0.9, true);
    calibrationError.update(1.0, true);

    // bins: mean .2 against .5, mean .95 against 1; half of the cases each
    CalibrationError.Result result = calibrationError.compute();

    assertThat(result.error()).isCloseTo((0.3 + 0.05) / 2, within(1e-12));
    assertThat(result.bins())
        .containsExactly(
            new CalibrationError.Bin(0, 0.5, 2, 0.2, 0.5),
            new CalibrationError.Bin(0.5, 1, 2, 0.95, 1));
  }

  @Test
  void isZeroWithoutCases() {
    assertThat(calibrationError.compute().error()).isZero();
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThatIllegalArgumentException().isThrownBy(() -> calibrationError.update(1.1, true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> calibrationError.update(Double.NaN, true));
  }
}
