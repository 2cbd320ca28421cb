package io.deixis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.evaluation.Cases;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreDistributionTest {

  private static final List<BoxCase> CASES = Cases.many().boxCases();

  private final ScoreDistribution scores = ScoreDistribution.of(CASES, Calibration.IDENTITY);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 50, 83, 99, 100})
  void decidesAsASweepOfTheBoxesThemselves(int step) {
    ThresholdSweep sweep = new ThresholdSweep();
    CASES.forEach(
        box -> sweep.update(Calibration.IDENTITY.probability(box.logit()), box.positive()));

    ConfusionMatrix expected = sweep.compute(step / 100.0).curve().get(0).matrix();

    assertThat(scores.at(step)).isEqualTo(expected);
  }

  @Test
  void bestStepHasTheHighestF1() {
    double best = scores.at(scores.bestStep()).f1();
    for (int step = 0; step <= ScoreDistribution.STEPS; step++) {
      assertThat(scores.at(step).f1()).isLessThanOrEqualTo(best);
    }
  }

  @Test
  void coarserHistogramsAreRefused() {
    Histogram coarse = new Histogram(List.of(1L, 2L));
    assertThatThrownBy(() -> new ScoreDistribution(coarse, coarse))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
