package io.deixis.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.charts.ChartLayout;
import io.deixis.evaluation.Cases;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.ScoreDistribution;
import io.deixis.metrics.ScoreReport;
import org.junit.jupiter.api.Test;

class ScoreChartsTest {

  private static final ScoreDistribution SCORES =
      ScoreReport.of(
              "val",
              3,
              Cases.many().boxCases(),
              Cases.many().boxCasesByType(),
              Calibration.IDENTITY,
              0.4)
          .all();

  @Test
  void theThresholdIsTheOnlyGuideAndStandsAtItsPlace() {
    for (ChartLayout chart :
        new ChartLayout[] {ScoreCharts.scores(SCORES, 0.25), ScoreCharts.decisions(SCORES, 0.25)}) {
      assertThat(chart.shapes())
          .filteredOn(shape -> shape.kind().equals("guide"))
          .extracting(ChartLayout.Shape::path)
          .containsExactly("M158.0 242.0 L158.0 10.0");
    }
  }

  @Test
  void barsOfEitherKindAddUpToAllOfIt() {
    assertThat(ScoreCharts.scores(SCORES, 0.5).shapes())
        .filteredOn(shape -> shape.kind().equals("bars"))
        .allSatisfy(
            shape ->
                assertThat(
                        shape.spots().stream()
                            .mapToDouble(spot -> Double.parseDouble(spot.title().split(" ")[0]))
                            .sum())
                    .isBetween(98.5, 101.5));
  }
}
