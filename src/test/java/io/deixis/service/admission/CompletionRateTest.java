package io.deixis.service.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CompletionRateTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final CompletionRate rate = new CompletionRate();

  @Test
  void knowsNothingAtFirst() {
    assertThat(rate.timeFor(5, 0)).isEmpty();
    rate.completed(0);
    assertThat(rate.timeFor(5, SECOND)).isEmpty();
  }

  @Test
  void tellsTheTimeOfAsManyAtTheMeasuredRate() {
    for (int i = 0; i <= 10; i++) {
      rate.completed(i * SECOND / 2);
    }
    assertThat(rate.timeFor(8, 5 * SECOND)).contains(Duration.ofSeconds(4));
  }

  @Test
  void forgetsWhatWasLongAgo() {
    rate.completed(-1_000 * SECOND);
    for (int i = 0; i < 32; i++) {
      rate.completed(i * SECOND);
    }
    assertThat(rate.timeFor(3, 31 * SECOND)).contains(Duration.ofSeconds(3));
  }

  @Test
  void restIsNoStandstill() {
    rate.completed(0);
    rate.completed(SECOND);
    rate.rest();
    assertThat(rate.timeFor(1, 100 * SECOND)).isEmpty();
  }

  @Test
  void aStandstillCounts() {
    rate.completed(0);
    rate.completed(SECOND);
    assertThat(rate.timeFor(1, 10 * SECOND)).contains(Duration.ofSeconds(10));
  }

  @Test
  void readsTheClockAcrossItsOverflow() {
    rate.completed(Long.MAX_VALUE - SECOND + 1);
    rate.completed(Long.MIN_VALUE);
    assertThat(rate.timeFor(2, Long.MIN_VALUE)).contains(Duration.ofSeconds(2));
  }
}
