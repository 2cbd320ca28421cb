package io.deixis.training.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HeadSettingsTest {

  private static final HeadSettings SETTINGS = HeadSettings.DEFAULTS;

  @Test
  void sharesEpochsOutAmongPhases() {
    assertThat(SETTINGS.withEpochs(SETTINGS.epochs())).isEqualTo(SETTINGS);
    assertThat(SETTINGS.withEpochs(18).phases())
        .extracting(HeadSettings.Phase::epochs)
        .containsExactly(12, 6);
    assertThat(SETTINGS.withEpochs(1).phases())
        .extracting(HeadSettings.Phase::epochs)
        .containsExactly(1);
    assertThat(SETTINGS.withEpochs(5).epochs()).isEqualTo(5);
  }

  @Test
  void scalesThePeaksOfAllPhases() {
    assertThat(SETTINGS.withLearningRate(1e-3f)).isEqualTo(SETTINGS);
    HeadSettings.Phase second = SETTINGS.withLearningRate(2e-3f).phases().get(1);

    assertThat(second.learningRate()).isCloseTo(1.2e-3f, within(1e-9f));
  }

  @Test
  void findsThePhaseOfAnEpoch() {
    assertThat(SETTINGS.phaseOf(5)).isSameAs(SETTINGS.phases().get(0));
    assertThat(SETTINGS.phaseOf(6)).isSameAs(SETTINGS.phases().get(1));
    assertThat(SETTINGS.firstEpochOf(SETTINGS.phaseOf(8))).isEqualTo(6);
    assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.phaseOf(9));
  }
}
