package io.deixis.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.deixis.training.matching.HeadSettings;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static final Plan PLAN = HeadSettings.DEFAULTS.plan();

  @Test
  void sharesEpochsOutAmongPhases() {
    assertThat(PLAN.withEpochs(PLAN.epochs())).isEqualTo(PLAN);
    assertThat(PLAN.withEpochs(18).phases()).extracting(Plan.Phase::epochs).containsExactly(12, 6);
    assertThat(PLAN.withEpochs(1).phases()).extracting(Plan.Phase::epochs).containsExactly(1);
    assertThat(PLAN.withEpochs(5).epochs()).isEqualTo(5);
  }

  @Test
  void scalesThePeaksOfAllPhases() {
    assertThat(PLAN.withLearningRate(1e-3f)).isEqualTo(PLAN);
    Plan.Phase second = PLAN.withLearningRate(2e-3f).phases().get(1);

    assertThat(second.learningRate()).isCloseTo(1.2e-3f, within(1e-9f));
  }

  @Test
  void findsThePhaseOfAnEpoch() {
    assertThat(PLAN.phaseOf(5)).isSameAs(PLAN.phases().get(0));
    assertThat(PLAN.phaseOf(6)).isSameAs(PLAN.phases().get(1));
    assertThat(PLAN.phaseStart(8)).isEqualTo(6);
    assertThatIllegalArgumentException().isThrownBy(() -> PLAN.phaseOf(9));
  }
}
