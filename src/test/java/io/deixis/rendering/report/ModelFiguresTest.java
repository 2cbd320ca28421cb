package io.deixis.rendering.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.evaluation.Calibration;
import io.deixis.evaluation.bundle.Ablation;
import io.deixis.evaluation.bundle.BundleEvaluation;
import io.deixis.evaluation.split.Cases;
import io.deixis.evaluation.split.ScoreReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelFiguresTest {

  private static final ScoreReport SCORES =
      ScoreReport.of("val", 3, Cases.many(), Calibration.IDENTITY, 0.4);

  @Test
  void whatABundleDoesNotTellIsMissing() {
    ModelFigures figures = ModelFigures.of(BundleEvaluation.NONE, 0.5);

    assertThat(figures.subject()).isNull();
    assertThat(figures.recalls()).isEmpty();
    assertThat(figures.scores()).isNull();
    assertThat(figures.ablation()).isEmpty();
  }

  @Test
  void decisionsAreThoseAtTheThresholdOfToday() {
    ModelFigures figures = ModelFigures.of(new BundleEvaluation(null, SCORES, List.of()), 0.62);

    assertThat(figures.scores().threshold()).isEqualTo("0.62");
    assertThat(figures.scores().confusion())
        .isEqualTo(EvaluationPage.Confusion.of(SCORES.all().at(62)));
    assertThat(figures.scores().charts()).hasSize(4);
  }

  @Test
  void ablationsArePrintedInPercent() {
    ModelFigures figures =
        ModelFigures.of(
            new BundleEvaluation(
                null,
                null,
                List.of(
                    new Ablation("whole", "", 0.71, 0.686, 0.735, 0.888, 1.0),
                    new Ablation("grey", "no colours", 0.65, null, null, null, null))),
            0.5);

    assertThat(figures.ablation())
        .containsExactly(
            new ModelFigures.AblationRow("whole", "", "71.0", "68.6 – 73.5", "88.8", "1"),
            new ModelFigures.AblationRow("grey", "no colours", "65.0", "", "", ""));
    assertThat(figures.ranked()).isTrue();
  }
}
