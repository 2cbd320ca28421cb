package io.deixis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AbsenceMetricsTest {

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static AbsenceMetrics metrics(double threshold) {
    return AbsenceMetrics.of(
        List.of(3.0, 1.0, -1.0), List.of(-2.0, -3.0, 0.0, -4.0), Calibration.IDENTITY, threshold);
  }

  @Test
  void aPhraseIsToldAsAbsentBelowTheThreshold() {
    AbsenceMetrics metrics = metrics(0.5);

    assertThat(metrics.present()).isEqualTo(3);
    assertThat(metrics.absent()).isEqualTo(4);
    // Of the absent ones three are below one half; the score of just one half counts as found.
    assertThat(metrics.atThreshold()).isEqualTo(new ConfusionMatrix(3, 1, 1, 2));
  }

  @Test
  void aHigherThresholdTellsMorePhrasesAsAbsent() {
    assertThat(metrics(0.9).atThreshold()).isEqualTo(new ConfusionMatrix(4, 2, 0, 1));
    assertThat(metrics(0.01).atThreshold()).isEqualTo(new ConfusionMatrix(0, 0, 4, 3));
  }

  @Test
  void theBestThresholdIsJustAboveTheScoreThatItTellsAsAbsent() {
    AbsenceMetrics metrics = metrics(0.5);

    // All four are told where the score of one half is, with one that is there: F1 of 8/9.
    assertThat(metrics.best()).isEqualTo(new ConfusionMatrix(4, 1, 0, 2));
    assertThat(metrics.bestThreshold()).isEqualTo(Math.nextUp(0.5));
    assertThat(metrics(metrics.bestThreshold()).atThreshold()).isEqualTo(metrics.best());
  }

  @Test
  void theAreaCountsPairsInTheRightOrder() {
    // Of 12 pairs the absent phrase scores lower in all but the one of 0 and -1.
    assertThat(metrics(0.5).auroc()).isCloseTo(11.0 / 12, within(1e-12));
  }

  @Test
  void histogramsAreOfBothKinds() {
    AbsenceMetrics metrics = metrics(0.5);

    assertThat(metrics.presentScores().counts().stream().mapToLong(c -> c).sum()).isEqualTo(3);
    assertThat(metrics.absentScores().counts().stream().mapToLong(c -> c).sum()).isEqualTo(4);
    assertThat(metrics.presentScores().counts().get((int) (sigmoid(3) * 25))).isEqualTo(1);
    assertThat(metrics.absentScores().counts().get((int) (sigmoid(0) * 25))).isEqualTo(1);
  }

  @Test
  void nothingIsToldOfOneKindAlone() {
    assertThat(AbsenceMetrics.of(List.of(), List.of(1.0), Calibration.IDENTITY, 0.5)).isNull();
    assertThat(AbsenceMetrics.of(List.of(1.0), List.of(), Calibration.IDENTITY, 0.5)).isNull();
  }
}
