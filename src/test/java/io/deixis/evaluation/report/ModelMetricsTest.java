package io.deixis.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.evaluation.Cases;
import io.deixis.metrics.Ablation;
import io.deixis.metrics.BundleEvaluation;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.ScoreReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelMetricsTest {

  private static final ScoreReport SCORES =
      ScoreReport.of(
          "val",
          3,
          Cases.many().boxCases(),
          Cases.many().boxCasesByType(),
          Calibration.IDENTITY,
          0.4);

  @Test
  void whatABundleDoesNotTellIsMissing() {
    ModelMetrics figures = ModelMetrics.of(BundleEvaluation.NONE, 0.5);

    assertThat(figures.subject()).isNull();
    assertThat(figures.recalls()).isEmpty();
    assertThat(figures.scores()).isNull();
    assertThat(figures.ablation()).isNull();
  }

  @Test
  void decisionsAreThoseAtTheThresholdOfToday() {
    ModelMetrics figures = ModelMetrics.of(new BundleEvaluation(null, SCORES, List.of()), 0.62);

    assertThat(figures.scores().threshold()).isEqualTo("0.62");
    assertThat(figures.scores().confusion())
        .isEqualTo(EvaluationPage.Confusion.of(SCORES.all().at(62)));
    assertThat(figures.scores().charts()).hasSize(4);
  }

  @Test
  void ablationsArePrintedInPercent() {
    ModelMetrics figures =
        ModelMetrics.of(
            new BundleEvaluation(
                null,
                null,
                List.of(
                    new Ablation("whole", "", 0.71, 0.686, 0.735, 0.888, 1.0),
                    new Ablation("grey", "no colours", 0.65, null, null, null, null))),
            0.5);

    assertThat(figures.ablation().columns())
        .extracting(Table.Cell::text)
        .containsExactly("variant", "change", "R@1", "95 %", "R@5", "median rank");
    assertThat(figures.ablation().rows())
        .extracting(row -> row.cells().stream().map(Table.Cell::text).toList())
        .containsExactly(
            List.of("", "71.0", "68.6 – 73.5", "88.8", "1"),
            List.of("no colours", "65.0", "", "", ""));
  }
}
