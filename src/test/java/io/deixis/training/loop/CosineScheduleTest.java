package io.deixis.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CosineScheduleTest {

  private final CosineSchedule schedule = new CosineSchedule(2, 4, 12);

  @Test
  void warmsUpLinearly() {
    assertThat(schedule.at(0)).isEqualTo(0.5f);
    assertThat(schedule.at(1)).isEqualTo(1);
    assertThat(schedule.at(3)).isEqualTo(2);
  }

  @Test
  void fallsAlongHalfACosine() {
    assertThat(schedule.at(4)).isEqualTo(2);
    assertThat(schedule.at(6)).isCloseTo((float) (1 + Math.sqrt(0.5)), within(1e-6f));
    assertThat(schedule.at(8)).isCloseTo(1, within(1e-6f));
    assertThat(schedule.at(12)).isCloseTo(0, within(1e-6f));
  }

  @Test
  void staysAtZeroBehindTheEnd() {
    assertThat(schedule.at(13)).isCloseTo(0, within(1e-6f));
    assertThat(schedule.at(1000)).isCloseTo(0, within(1e-6f));
  }

  @Test
  void mayGoWithoutWarmUp() {
    assertThat(new CosineSchedule(2, 0, 8).at(0)).isEqualTo(2);
  }
}
