package io.deixis.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.grounding.Refusal.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalTest {

  @Test
  void problemAndRemedyAreOneSentence() {
    assertThat(Refusal.of(Reason.BUSY, null, "All places are taken", "try again").sentence())
        .isEqualTo("All places are taken; try again.");
  }

  @Test
  void whatNothingHelpsAgainstIsTheProblemAlone() {
    assertThat(Refusal.of(Reason.BUSY, null, "All places are taken", null).sentence())
        .isEqualTo("All places are taken.");
  }

  @Test
  void aWholeSentenceStaysOne() {
    assertThat(Refusal.of(Reason.BUSY, null, "All are taken; try again.", null).sentence())
        .isEqualTo("All are taken; try again.");
  }

  @Test
  void theTimeToWaitLeavesTheRestAsItWas() {
    GroundingException refused =
        new GroundingException(Reason.BUSY, "image", "All are taken", "try again");

    GroundingException later = refused.retryAfter(Duration.ofSeconds(2));

    assertThat(later.refusal())
        .isEqualTo(Refusal.of(Reason.BUSY, "image", "All are taken", "try again"));
    assertThat(later.retryAfter()).contains(Duration.ofSeconds(2));
  }
}
