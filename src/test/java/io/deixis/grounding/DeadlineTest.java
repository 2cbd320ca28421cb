package io.deixis.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  private static final long HOUR = Duration.ofHours(1).toNanos();

  @Test
  void whatIsToComeIsLeft() {
    long before = System.nanoTime();
    Deadline deadline = Deadline.after(Duration.ofHours(1));
    long after = System.nanoTime();

    assertThat(deadline.atNanos()).isBetween(before + HOUR, after + HOUR);
    assertThat(deadline.expired()).isFalse();
    assertThat(deadline.remaining()).isPositive().isLessThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void whatIsOverLeavesNothing() {
    Deadline deadline = new Deadline(System.nanoTime() - HOUR);

    assertThat(deadline.expired()).isTrue();
    assertThat(deadline.remaining()).isZero();
    assertThat(Deadline.after(Duration.ZERO).expired()).isTrue();
  }

  @Test
  void theEarlierOneIsBeforeTheOther() {
    Deadline early = new Deadline(5);

    assertThat(early.isBefore(new Deadline(6))).isTrue();
    assertThat(early.isBefore(new Deadline(5))).isFalse();
    assertThat(early.isBefore(new Deadline(4))).isFalse();
    // The clock may run over its largest number.
    assertThat(new Deadline(Long.MAX_VALUE).isBefore(new Deadline(Long.MIN_VALUE))).isTrue();
  }
}
