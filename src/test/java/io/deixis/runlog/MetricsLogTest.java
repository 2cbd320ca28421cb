package io.deixis.runlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.charts.ChartLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsLogTest {

  private static final String HEADING = "stage,epoch,step,loss,accuracy,held-out_recall@1";

  private final MetricsLog log = new MetricsLog();

  @Test
  void rowsBecomeCurvesOfTheirStage() {
    add(
        "proposals,1,1,4.5,,",
        "matching,1,1,3.0,0.5,",
        "matching,1,2,2.0,0.75,",
        "matching,1,2,,,0.6");

    assertThat(log.stages()).extracting(StageCurves::name).containsExactly("proposals", "matching");
    StageCurves matching = log.stages().get(1);
    assertThat(matching.step()).isEqualTo(2);
    assertThat(matching.curve(MetricsTable.LOSS).last()).isEqualTo(2.0);
    assertThat(matching.curve(MetricsTable.RECALL).last()).isEqualTo(0.6);
    assertThat(matching.curve("box").isEmpty()).isTrue();
  }

  @Test
  void brokenRowsAndNumbersAreNoValues() {
    add("matching,1,1,3.0,0.5,", "matching,1,2,2.0", "matching,one,3,1.0,,", "matching,1,4,NaN,,");

    assertThat(log.stages().get(0).curve(MetricsTable.LOSS).last()).isEqualTo(3.0);
  }

  @Test
  void longTrainingsKeepFewPointsWhoseMeanIsThatOfAll() {
    log.add(HEADING);
    for (int step = 1; step <= 10_000; step++) {
      log.add("matching,1,%d,%d,,".formatted(step, step));
    }

    ChartLayout chart = TrainingCharts.of(log.stages().get(0)).get(0);

    assertThat(chart.title()).isEqualTo("Loss");
    assertThat(chart.shapes().get(0).spots()).hasSizeBetween(70, 160);
    assertThat(chart.columns().get(chart.columns().size() - 1).text()).isEqualTo("10,000");
  }

  @Test
  void whatWasToldBeforeDoesNotChange() {
    add("matching,1,1,3.0,0.5,");
    StageCurves before = log.stages().get(0);
    log.add("matching,1,2,9.0,0.5,");

    assertThat(before.step()).isEqualTo(1);
    assertThat(before.curve(MetricsTable.LOSS).last()).isEqualTo(3.0);
  }

  @Test
  void comparedRunsAreNamedAndKeepTheirColours() {
    add("matching,1,1,3.0,0.5,", "matching,1,2,2.0,0.75,0.5");
    MetricsLog other = new MetricsLog();
    other.add(HEADING);
    other.add("matching,1,1,2.5,0.5,");
    Map<String, StageCurves> runs = new LinkedHashMap<>();
    runs.put("other", other.stages().get(0));
    runs.put("this", log.stages().get(0));

    ChartLayout recall = TrainingCharts.compared("Recall", MetricsTable.RECALL, runs).orElseThrow();

    assertThat(recall.legend())
        .extracting(ChartLayout.Entry::name)
        .containsExactly("other", "this");
    assertThat(recall.shapes().get(1).hue()).isEqualTo(2);
    assertThat(recall.shapes().get(1).spots()).hasSize(1);
    assertThat(TrainingCharts.compared("Box", "box", runs)).isEmpty();
  }

  private void add(String... rows) {
    log.add(HEADING);
    for (String row : rows) {
      log.add(row);
    }
  }
}
