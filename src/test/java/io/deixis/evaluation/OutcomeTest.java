package io.deixis.evaluation;

import static io.deixis.evaluation.Cases.ELSEWHERE;
import static io.deixis.evaluation.Cases.LOOSE;
import static io.deixis.evaluation.Cases.TRUTH;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  @Test
  void isToldByTheBestBox() {
    assertThat(Cases.phrase("people", "a man", TRUTH, 0).outcome()).isEqualTo(Outcome.HIT);
    assertThat(Cases.phrase("people", "a man", LOOSE, 0).outcome()).isEqualTo(Outcome.LOOSE_BOX);
    assertThat(
            Cases.phrase("people", "a man", List.of(ELSEWHERE, TRUTH), List.of(2.0, 1.0), true)
                .outcome())
        .isEqualTo(Outcome.WRONG_OBJECT);
  }

  @Test
  void whatNoCandidateMeetsCouldNotBeFound() {
    assertThat(Cases.phrase("people", "a man", List.of(ELSEWHERE), List.of(2.0), false).outcome())
        .isEqualTo(Outcome.NO_CANDIDATE);
    assertThat(Cases.phrase("people", "a man", List.of(), List.of(), false).outcome())
        .isEqualTo(Outcome.NO_CANDIDATE);
  }

  @Test
  void aRefinedBoxMayHitWhereNoCandidateDid() {
    assertThat(Cases.phrase("people", "a man", List.of(TRUTH), List.of(2.0), false).outcome())
        .isEqualTo(Outcome.HIT);
  }
}
