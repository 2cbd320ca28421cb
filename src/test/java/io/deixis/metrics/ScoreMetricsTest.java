package io.deixis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScoreMetricsTest {

  private static final Offset<Double> EXACT = within(1e-12);

  /** Halves the logits. */
  private static final Calibration HALF = new Calibration(0.5, 0);

  /** Two right boxes, one of which is sure, and two wrong ones. */
  private static final List<BoxCase> CASES =
      List.of(
          new BoxCase(4, true),
          new BoxCase(-1, true),
          new BoxCase(1, false),
          new BoxCase(-6, false));

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void reliabilityIsOfUncalibratedAndOfCalibratedScores() {
    ScoreMetrics metrics = ScoreMetrics.of(CASES, HALF, 0.5);

    // Each case is alone in its bin.
    double before = (1 - sigmoid(4)) + (1 - sigmoid(-1)) + sigmoid(1) + sigmoid(-6);
    double after = (1 - sigmoid(2)) + (1 - sigmoid(-0.5)) + sigmoid(0.5) + sigmoid(-3);
    assertThat(metrics.before().error()).isCloseTo(before / 4, EXACT);
    assertThat(metrics.after().error()).isCloseTo(after / 4, EXACT);
    assertThat(metrics.before().bins()).hasSize(ScoreMetrics.RELIABILITY_BINS);
    assertThat(metrics.before().bins().get(9).cases()).isEqualTo(1);
    assertThat(metrics.after().bins().get(8).cases()).isEqualTo(1);
  }

  @Test
  void countsRightAndWrongBoxesEachForThemselves() {
    ScoreMetrics metrics = ScoreMetrics.of(CASES.subList(0, 3), HALF, 0.5);

    assertThat(metrics.positives()).isEqualTo(2);
    assertThat(metrics.negatives()).isEqualTo(1);
    assertThat(metrics.positiveScores().counts().stream().mapToLong(c -> c).sum()).isEqualTo(2);
    assertThat(metrics.negativeScores().counts().stream().mapToLong(c -> c).sum()).isEqualTo(1);
  }

  @Test
  void decidesAtTheModelsThreshold() {
    ScoreMetrics metrics = ScoreMetrics.of(CASES, HALF, 0.5);

    assertThat(metrics.positives()).isEqualTo(2);
    assertThat(metrics.negatives()).isEqualTo(2);
    assertThat(metrics.natural().threshold()).isEqualTo(0.5);
    assertThat(metrics.natural().matrix()).isEqualTo(new ConfusionMatrix(1, 1, 1, 1));
    assertThat(metrics.balanced()).isEqualTo(metrics.natural().matrix().balanced());
    // With the second right box come one wrong one and a recall of 1.
    assertThat(metrics.tuned().matrix()).isEqualTo(new ConfusionMatrix(2, 1, 0, 1));
    assertThat(metrics.tuned().threshold()).isCloseTo(sigmoid(-0.5), EXACT);
  }

  @Test
  void theCurveGoesFromZeroToOne() {
    List<ThresholdSweep.Point> curve = ScoreMetrics.of(CASES, HALF, 0.5).curve();

    assertThat(curve).hasSize(ScoreMetrics.CURVE_STEPS + 1);
    assertThat(curve.get(0).threshold()).isZero();
    assertThat(curve.get(0).matrix()).isEqualTo(new ConfusionMatrix(2, 2, 0, 0));
    assertThat(curve.get(37).threshold()).isCloseTo(0.37, EXACT);
    assertThat(curve.get(100).threshold()).isEqualTo(1);
    assertThat(curve.get(100).matrix()).isEqualTo(new ConfusionMatrix(0, 0, 2, 2));
  }

  @Test
  void histogramsAreOfCalibratedScores() {
    ScoreMetrics metrics = ScoreMetrics.of(CASES, HALF, 0.5);

    assertThat(metrics.positiveScores().counts()).hasSize(25);
    assertThat(metrics.positiveScores().counts().get((int) (sigmoid(2) * 25))).isEqualTo(1);
    assertThat(metrics.positiveScores().counts().get((int) (sigmoid(-0.5) * 25))).isEqualTo(1);
    assertThat(metrics.negativeScores().counts().get((int) (sigmoid(0.5) * 25))).isEqualTo(1);
    assertThat(metrics.negativeScores().counts().get((int) (sigmoid(-3) * 25))).isEqualTo(1);
    assertThat(metrics.positiveScores().shares().stream().mapToDouble(s -> s).sum())
        .isCloseTo(1, EXACT);
  }
}
