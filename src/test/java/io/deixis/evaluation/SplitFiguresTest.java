package io.deixis.evaluation;

import static io.deixis.evaluation.Cases.ELSEWHERE;
import static io.deixis.evaluation.Cases.TRUTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.deixis.evaluation.AbsentQuestion.Origin;
import io.deixis.metrics.AbsenceMetrics;
import io.deixis.metrics.AbsenceTable;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.ConfusionMatrix;
import io.deixis.metrics.RecallTable;
import io.deixis.metrics.ScoreMetrics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SplitFiguresTest {

  private static final EvaluatedSplit SMALL =
      new EvaluatedSplit(
          List.of(
              Cases.phrase("people", "a man", List.of(TRUTH, ELSEWHERE), List.of(2.0, -1.0), true),
              Cases.phrase("people", "a boy", ELSEWHERE, 1.0),
              Cases.phrase("animals", "a cat", TRUTH, -0.5)),
          List.of(Cases.absent("a tree", "other", 0.5), Cases.absent("a car", "vehicles", -3.0)));

  @Test
  void everyBoxAndEveryAbsentPhraseIsACase() {
    ScoreMetrics figures = ScoreMetrics.of(SMALL.boxCases(), Calibration.IDENTITY, 0.5);

    assertThat(figures.positives()).isEqualTo(2);
    assertThat(figures.negatives()).isEqualTo(4);
    assertThat(figures.natural().matrix()).isEqualTo(new ConfusionMatrix(1, 2, 1, 2));
    assertThat(figures.balanced()).isEqualTo(new ConfusionMatrix(1, 1, 1, 1));
    assertThat(figures.curve()).hasSize(ScoreMetrics.CURVE_STEPS + 1);
    assertThat(figures.curve().get(0).matrix()).isEqualTo(new ConfusionMatrix(2, 4, 0, 0));
  }

  @Test
  void histogramsCountEveryScoreOnce() {
    ScoreMetrics figures = ScoreMetrics.of(SMALL.boxCases(), Calibration.IDENTITY, 0.5);

    assertThat(figures.positiveScores().counts().stream().mapToLong(n -> n).sum()).isEqualTo(2);
    assertThat(figures.negativeScores().shares().stream().mapToDouble(s -> s).sum())
        .isCloseTo(1, within(1e-12));
    // sigmoid(2) = 0.88 is in the bin from 0.88 to 0.92
    assertThat(figures.positiveScores().counts().get(22)).isEqualTo(1);
  }

  @Test
  void absenceIsToldByTheBestBoxBelowTheThreshold() {
    AbsenceMetrics figures =
        AbsenceMetrics.of(SMALL.presentLogits(), SMALL.absentLogits(), Calibration.IDENTITY, 0.5);

    // present 0.88, 0.73, 0.38; absent 0.62, 0.05
    assertThat(figures.auroc()).isCloseTo(5.0 / 6, within(1e-12));
    assertThat(figures.atThreshold()).isEqualTo(new ConfusionMatrix(1, 1, 1, 2));
    assertThat(figures.best()).isEqualTo(new ConfusionMatrix(2, 1, 0, 2));
  }

  @Test
  void aScoreAtTheThresholdIsFound() {
    EvaluatedSplit split =
        new EvaluatedSplit(
            List.of(Cases.phrase("people", "a man", TRUTH, 0)),
            List.of(Cases.absent("a tree", "other", 0)));

    assertThat(
            AbsenceMetrics.of(
                    split.presentLogits(), split.absentLogits(), Calibration.IDENTITY, 0.5)
                .atThreshold())
        .isEqualTo(new ConfusionMatrix(0, 0, 1, 1));
  }

  @Test
  void withoutAbsentPhrasesNothingIsToldOfThem() {
    EvaluatedSplit present = new EvaluatedSplit(SMALL.phrases(), List.of());

    assertThat(
            AbsenceMetrics.of(
                present.presentLogits(), present.absentLogits(), Calibration.IDENTITY, 0.5))
        .isNull();
  }

  @Test
  void absentPhrasesAreToldByOriginAndKind() {
    EvaluatedSplit split =
        new EvaluatedSplit(
            SMALL.phrases(),
            List.of(
                sibling("a woman", Origin.SIBLING, "people", 1.0),
                sibling("a dog", Origin.SIBLING, "animals", -2.0),
                sibling("a drum", Origin.UNSEEN_SIBLING, "instruments", -2.0),
                sibling("a dog", Origin.OPPOSITE, "a dog where cats are", 3.0),
                Cases.absent("a tree", "other", 0.5)));

    AbsenceTable table = split.absenceTable(Calibration.IDENTITY, 0.5, 1);

    assertThat(table.rows())
        .extracting(AbsenceTable.Row::name, AbsenceTable.Row::phrases)
        .containsExactly(
            tuple("phrases of other images", 1),
            tuple("siblings", 2),
            tuple("siblings: animals", 1),
            tuple("siblings: people", 1),
            tuple("siblings of kinds not trained on", 1),
            tuple("siblings of kinds not trained on: instruments", 1),
            tuple("a dog where cats are", 1));
    assertThat(table.present().hits()).isEqualTo(2);
    assertThat(table.bothSexes()).isNull();
    assertThat(split.absentLogits()).containsExactly(0.5);
    assertThat(split.boxCases())
        .as("thresholds are tuned on phrases of other images and on siblings trained on")
        .hasSize(4 + 3);
  }

  private static AbsentPhrase sibling(String text, Origin origin, String kind, double logit) {
    return new AbsentPhrase("7", new AbsentQuestion(text, origin, kind), List.of(), logit);
  }

  @Test
  void manAndWomanAreCountedWhereBothAreThere() {
    EvaluatedSplit split =
        new EvaluatedSplit(
            List.of(
                Cases.phrase("people", "a man in a hat", TRUTH, 1),
                Cases.phrase("people", "the guy", ELSEWHERE, 1),
                Cases.phrase("people", "a girl", ELSEWHERE, 1),
                Cases.phrase("people", "a man and a woman", TRUTH, 1),
                Cases.phrase("animals", "a dog", TRUTH, 1)),
            List.of());

    RecallTable.Recall both = split.absenceTable(Calibration.IDENTITY, 0.5, 1).bothSexes();

    assertThat(both.phrases()).isEqualTo(3);
    assertThat(both.hits()).isEqualTo(1);
    assertThat(SMALL.absenceTable(Calibration.IDENTITY, 0.5, 1).bothSexes()).isNull();
  }

  @Test
  void typesAreSplitAndCounted() {
    assertThat(SMALL.types()).containsExactly(Map.entry("people", 2), Map.entry("animals", 1));
    assertThat(SMALL.ofType("vehicles").absent()).hasSize(1);
  }
}
