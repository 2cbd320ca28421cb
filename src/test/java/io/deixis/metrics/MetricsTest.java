package io.deixis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.evaluation.report.PlainText;
import io.deixis.geometry.Box;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The small parts that reports are put together from. */
class MetricsTest {

  @Test
  void aHistogramTakesOneIntoItsLastBin() {
    Histogram histogram = Histogram.of(DoubleStream.of(0, 0.49, 0.5, 0.74, 1), 4);

    assertThat(histogram.counts()).containsExactly(1L, 1L, 2L, 1L);
    assertThat(histogram.shares()).containsExactly(0.2, 0.2, 0.4, 0.2);
    assertThat(Histogram.of(DoubleStream.of(), 2).shares()).containsExactly(0.0, 0.0);
  }

  @Test
  void probabilitiesOfZeroAndOneAreProbabilities() {
    CalibrationError error = new CalibrationError(1);
    error.update(0, true);
    error.update(1, true);

    assertThat(error.compute().error()).isCloseTo(0.5, within(1e-12));
    assertThat(error.compute().bins()).containsExactly(new CalibrationError.Bin(0, 1, 2, 0.5, 1));
  }

  @Test
  void aLogitIsWhatGivesTheProbability() {
    Calibration calibration = new Calibration(2, -1);

    assertThat(calibration.logit(calibration.probability(0.75))).isCloseTo(0.75, within(1e-12));
    assertThat(calibration.logit(0.5)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void ofEqualThresholdsTheHighestIsTheBest() {
    List<Long> right = new java.util.ArrayList<>(Collections.nCopies(ScoreDistribution.STEPS, 0L));
    List<Long> wrong = new java.util.ArrayList<>(right);
    right.set(60, 4L);
    wrong.set(20, 3L);
    ScoreDistribution scores = new ScoreDistribution(new Histogram(right), new Histogram(wrong));

    assertThat(scores.bestStep()).isEqualTo(60);
    assertThat(scores.at(60)).isEqualTo(new ConfusionMatrix(4, 0, 0, 3));
    right.set(60, 0L);
    right.set(99, 4L);
    assertThat(new ScoreDistribution(new Histogram(right), new Histogram(wrong)).bestStep())
        .isEqualTo(99);
  }

  @Test
  void whereNothingIsRightTheBestIsToAcceptNothing() {
    Histogram none = new Histogram(Collections.nCopies(ScoreDistribution.STEPS, 0L));
    Histogram some = new Histogram(Collections.nCopies(ScoreDistribution.STEPS, 1L));

    assertThat(new ScoreDistribution(none, some).bestStep()).isEqualTo(ScoreDistribution.STEPS);
  }

  @Test
  void aReportHasTheScoresOfEachType() {
    List<BoxCase> cases = List.of(new BoxCase(1, true), new BoxCase(-1, false));

    ScoreReport report =
        ScoreReport.of("val", 2, cases, Map.of("people", cases), Calibration.IDENTITY, 0.5);

    assertThat(report.split()).isEqualTo("val");
    assertThat(report.images()).isEqualTo(2);
    assertThat(report.figures().natural().matrix()).isEqualTo(new ConfusionMatrix(1, 0, 0, 1));
    assertThat(report.types().get("people")).isEqualTo(report.all());
    assertThat(report.all().at(50)).isEqualTo(new ConfusionMatrix(1, 0, 0, 1));
  }

  @Test
  void aScoreTellsWhatIsMissingOrTooMuch() {
    RecallAtK recall = new RecallAtK(BoxProtocol.ANY_BOX, 1);
    Box box = new Box(0, 0, 10, 10);
    recall.update("1", List.of("people"), List.of(box), List.of(box));
    RecallTable table = recall.compute();

    String all = PlainText.of(new GroundingScore(1, 1, 0, 0, table, table));
    assertThat(all)
        .startsWith("1 phrases in 1 sentences of 1 images; a hit has IoU >= 0.5")
        .contains("people", "100.00")
        .doesNotContain("no prediction", "of no use");
    assertThat(PlainText.of(new GroundingScore(1, 1, 1, 1, table, table)))
        .contains("1 phrases have no prediction", "1 predictions are of no use here");
  }

  @Test
  void columnsStandBelowEachOtherWhateverTheNames() {
    String type = "a type with a name longer than any column";
    RecallAtK recall = new RecallAtK(BoxProtocol.ANY_BOX, 1);
    Box box = new Box(0, 0, 10, 10);
    recall.update("1", List.of(type, "people"), List.of(box), List.of(box));

    List<String> lines =
        PlainText.of(recall.compute()).lines().filter(l -> l.contains("100.00")).toList();

    assertThat(lines).hasSizeGreaterThan(2);
    assertThat(lines)
        .extracting(line -> line.indexOf("100.00"))
        .containsOnly(lines.get(0).indexOf("100.00"));
  }

  @Test
  void balancingTakesAsManyNegativesAsPositives() {
    ConfusionMatrix matrix = new ConfusionMatrix(6, 10, 2, 30);

    ConfusionMatrix balanced = matrix.balanced();

    // Of 40 negatives a quarter is accepted: of 8 it is 2.
    assertThat(balanced).isEqualTo(new ConfusionMatrix(6, 2, 2, 6));
    ConfusionMatrix positivesAlone = new ConfusionMatrix(3, 0, 1, 0);
    assertThat(positivesAlone.balanced()).isEqualTo(positivesAlone);
  }

  @Test
  void everyBoxIsHitAsLateAsTheLastOne() {
    Box left = new Box(0, 0, 10, 10);
    Box right = new Box(50, 0, 60, 10);
    Box elsewhere = new Box(0, 50, 10, 60);
    RecallAtK recall = new RecallAtK(BoxProtocol.EVERY_BOX, 1);
    recall.update("1", List.of("people"), List.of(left, right), List.of(right, elsewhere, left));
    recall.update("2", List.of("people"), List.of(left, right), List.of(left, elsewhere));

    RecallTable.Row all = recall.compute().all();

    assertThat(all.phrases()).isEqualTo(2);
    assertThat(all.atK()).extracting(RecallTable.Recall::hits).containsExactly(0, 1, 1);
  }
}
