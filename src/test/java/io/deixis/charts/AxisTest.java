package io.deixis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 13.4 | 0, 5, 10, 15",
        "0 | 280 | 0, 100, 200, 300",
        "0 | 5300 | 0, 2,000, 4,000, 6,000",
        "0.1 | 0.93 | 0.0, 0.2, 0.4, 0.6, 0.8, 1.0",
        "-1.5 | 1 | -1.5, -1.0, -0.5, 0.0, 0.5, 1.0",
        "0 | 0.0003 | 0, 1e-04, 2e-04, 3e-04",
      })
  void ticksAreRoundAndCoverTheRange(double low, double high, String ticks) {
    Axis axis = Axis.over("any", low, high);

    assertThat(axis.from()).isLessThanOrEqualTo(low);
    assertThat(axis.to()).isGreaterThanOrEqualTo(high);
    assertThat(String.join(", ", axis.ticks().stream().map(Axis.Tick::text).toList()))
        .isEqualTo(ticks);
  }
}
