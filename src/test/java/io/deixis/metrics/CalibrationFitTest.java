package io.deixis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationFitTest {

  private final CalibrationFit fit = new CalibrationFit();

  @Test
  void solvesTwoLogitsByHand() {
    // Two logits, two parameters: the fit meets the mean softened label at each exactly.
    update(0, 1, 3);
    update(2, 3, 1);
    double positiveTarget = 5.0 / 6;
    double negativeTarget = 1.0 / 6;
    double atZero = (positiveTarget + 3 * negativeTarget) / 4;
    double atTwo = (3 * positiveTarget + negativeTarget) / 4;

    Calibration calibration = fit.compute();

    assertThat(calibration.probability(0)).isCloseTo(atZero, within(1e-7));
    assertThat(calibration.probability(2)).isCloseTo(atTwo, within(1e-7));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0.4, -1.5", "2.5, 3"})
  void findsTheCalibrationThatMadeTheLabels(double scale, double bias) {
    Calibration truth = new Calibration(scale, bias);
    Random random = new Random(11);
    for (int i = 0; i < 100_000; i++) {
      double logit = 2 * random.nextGaussian();
      fit.update(logit, random.nextDouble() < truth.probability(logit));
    }

    Calibration calibration = fit.compute();

    assertThat(calibration.scale()).isCloseTo(scale, within(0.05));
    assertThat(calibration.bias()).isCloseTo(bias, within(0.06));
  }

  @Test
  void staysFiniteWhereTheLabelsAreApart() {
    for (int i = 1; i <= 50; i++) {
      fit.update(i, true);
      fit.update(-i, false);
    }

    Calibration calibration = fit.compute();

    assertThat(calibration.scale()).isFinite().isPositive();
    assertThat(calibration.bias()).isCloseTo(0, within(1e-6));
  }

  @Test
  void givesTheShareOfPositivesWhereLogitsSayNothing() {
    update(1, 30, 70);

    assertThat(fit.compute().probability(1)).isCloseTo(0.3, within(0.01));
  }

  @Test
  void needsCases() {
    assertThatIllegalStateException().isThrownBy(fit::compute);
  }

  @Test
  void whereNoBoxIsRightOnlyTheBiasIsFitted() {
    update(3, 0, 5);
    update(-1, 0, 5);

    Calibration fitted = fit.compute();

    assertThat(fitted.scale()).isEqualTo(1);
    assertThat((fitted.probability(3) + fitted.probability(-1)) / 2)
        .isCloseTo(1.0 / 12, within(1e-6));
  }

  @Test
  void scoresNeverFallWhileLogitsRise() {
    update(2, 1, 9);
    update(-2, 5, 5);

    Calibration fitted = fit.compute();

    assertThat(fitted.scale()).isEqualTo(1);
    assertThat(fitted.probability(2)).isGreaterThan(fitted.probability(-2));
  }

  private void update(double logit, int positives, int negatives) {
    for (int i = 0; i < positives; i++) {
      fit.update(logit, true);
    }
    for (int i = 0; i < negatives; i++) {
      fit.update(logit, false);
    }
  }
}
