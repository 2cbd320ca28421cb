package io.deixis.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecodingMemoryTest {

  private final DecodingMemory memory = new DecodingMemory(100, Duration.ZERO);

  @AfterEach
  void clearInterruption() {
    Thread.interrupted();
  }

  @Test
  void sharesWhatThereIs() {
    try (DecodingMemory.Share one = memory.take(60);
        DecodingMemory.Share other = memory.take(40)) {
      assertBusy(1);
    }
    memory.take(100).close();
  }

  @Test
  void leavesTheInterruptionToTheCaller() {
    Thread.currentThread().interrupt();

    assertBusy(1);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  private void assertBusy(int pixels) {
    assertThatThrownBy(() -> memory.take(pixels))
        .isInstanceOfSatisfying(
            GroundingException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUSY));
  }
}
