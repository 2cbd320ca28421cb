package io.deixis.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {

  private final Cancellation cancellation = new Cancellation();
  private final AtomicInteger told = new AtomicInteger();

  @Test
  void tellsOnce() {
    cancellation.onCancel(told::incrementAndGet);
    assertThat(cancellation.isCancelled()).isFalse();
    cancellation.cancel();
    cancellation.cancel();
    assertThat(cancellation.isCancelled()).isTrue();
    assertThat(told).hasValue(1);
  }

  @Test
  void tellsThoseWhoComeLateAtOnce() {
    cancellation.cancel();
    cancellation.onCancel(told::incrementAndGet).close();
    assertThat(told).hasValue(1);
  }

  @Test
  void forgetsWhoNeedsNoWordAnyMore() {
    cancellation.onCancel(told::incrementAndGet).close();
    cancellation.cancel();
    assertThat(told).hasValue(0);
  }

  @Test
  void neverIsNever() {
    Cancellation.NEVER.onCancel(told::incrementAndGet).close();
    assertThatThrownBy(Cancellation.NEVER::cancel)
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(Cancellation.NEVER.isCancelled()).isFalse();
  }
}
