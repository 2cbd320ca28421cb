package io.deixis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

  @Test
  void givesTheSharesOfTheField() {
    ConfusionMatrix matrix = new ConfusionMatrix(6, 2, 4, 8);

    assertThat(matrix.precision()).isEqualTo(0.75);
    assertThat(matrix.recall()).isEqualTo(0.6);
    assertThat(matrix.f1()).isCloseTo(2 * 0.75 * 0.6 / (0.75 + 0.6), within(1e-12));
    assertThat(matrix.accuracy()).isEqualTo(0.7);
  }

  @Test
  void isZeroWhereThereIsNothing() {
    ConfusionMatrix empty = new ConfusionMatrix(0, 0, 0, 0);

    assertThat(empty.precision()).isZero();
    assertThat(empty.recall()).isZero();
    assertThat(empty.f1()).isZero();
    assertThat(empty.accuracy()).isZero();
  }
}
