package io.deixis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ThresholdSweepTest {

  private final ThresholdSweep sweep = new ThresholdSweep();

  @Test
  void acceptsFromTheThresholdOn() {
    sweep.update(0.9, true);
    sweep.update(0.5, true);
    sweep.update(0.5, false);
    sweep.update(0.5, true);
    sweep.update(0.2, true);
    sweep.update(0.1, false);

    assertThat(sweep.compute(0.95, 0.5, 0.0).curve())
        .containsExactly(
            new ThresholdSweep.Point(0.95, new ConfusionMatrix(0, 0, 4, 2)),
            new ThresholdSweep.Point(0.5, new ConfusionMatrix(3, 1, 1, 1)),
            new ThresholdSweep.Point(0.0, new ConfusionMatrix(4, 2, 0, 0)));
  }

  @Test
  void findsTheBestF1() {
    takeSixCases();

    // at .6: precision 3/4, recall 1, F1 6/7
    assertThat(sweep.compute().best())
        .isEqualTo(new ThresholdSweep.Point(0.6, new ConfusionMatrix(3, 1, 0, 2)));
  }

  @Test
  void takesTheHighestOfEquallyGoodThresholds() {
    sweep.update(0.9, true);
    sweep.update(0.8, false);
    sweep.update(0.7, false);
    sweep.update(0.6, true);

    // at .9: precision 1, recall 1/2; at .6: precision 1/2, recall 1; both have F1 2/3
    assertThat(sweep.compute().best().threshold()).isEqualTo(0.9);
  }

  @Test
  void ofThresholdsThatAreNearlyAsGoodTheLowestIsFound() {
    takeSixCases();

    // F1: at .6 6/7, at .3 3/4, at .1 2/3
    assertThat(sweep.lowestWithin(0).threshold()).isEqualTo(0.6);
    assertThat(sweep.lowestWithin(0.1).threshold()).isEqualTo(0.6);
    assertThat(sweep.lowestWithin(0.11))
        .isEqualTo(new ThresholdSweep.Point(0.3, new ConfusionMatrix(3, 2, 0, 1)));
    assertThat(sweep.lowestWithin(1).threshold()).isEqualTo(0.1);
  }

  @Test
  void refusesWhatItCannotJudge() {
    assertThatIllegalStateException().isThrownBy(sweep::compute);
    assertThatIllegalStateException().isThrownBy(() -> sweep.lowestWithin(0));
    assertThatIllegalArgumentException().isThrownBy(() -> sweep.update(Double.NaN, true));
  }

  private void takeSixCases() {
    sweep.update(0.9, true);
    sweep.update(0.8, false);
    sweep.update(0.7, true);
    sweep.update(0.6, true);
    sweep.update(0.3, false);
    sweep.update(0.1, false);
  }
}
