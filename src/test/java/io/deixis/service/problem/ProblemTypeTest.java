package io.deixis.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.grounding.Refusal.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTypeTest {

  @ParameterizedTest
  @EnumSource
  void everyReasonHasATypeThatLeadsBackToIt(Reason reason) {
    ProblemType type = ProblemType.of(reason);
    assertThat(ProblemType.reason(type.uri())).contains(reason);
    assertThat(type.status()).isBetween(400, 504);
  }
}
