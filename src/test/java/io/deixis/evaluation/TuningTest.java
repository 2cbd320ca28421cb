package io.deixis.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.metrics.Calibration;
import io.deixis.metrics.ThresholdSweep;
import org.junit.jupiter.api.Test;

class TuningTest {

  private static final Calibration CALIBRATION = new Calibration(0.5, -0.2);

  @Test
  void aTypesOwnThresholdIsNeverWorseThanTheCommonOne() {
    ThresholdTuning tuning = ThresholdTuning.of(Cases.many(), CALIBRATION);

    assertThat(tuning.types()).containsOnlyKeys("people", "animals");
    tuning
        .types()
        .values()
        .forEach(
            type ->
                assertThat(type.own().matrix().f1())
                    .isGreaterThanOrEqualTo(type.common().matrix().f1()));
    for (ThresholdSweep.Point point : tuning.all().curve()) {
      assertThat(point.matrix().f1())
          .isLessThanOrEqualTo(tuning.all().best().matrix().f1() + ThresholdTuning.F1_NOISE);
    }
  }

  @Test
  void aTypeWithFewRightBoxesHasNoThresholdOfItsOwn() {
    EvaluatedSplit many = Cases.many();
    EvaluatedSplit few = new EvaluatedSplit(many.phrases().subList(0, 100), many.absent());

    // 50 phrases of each type, of which a quarter and a third are wrong
    assertThat(ThresholdTuning.of(few, CALIBRATION).types()).isEmpty();
  }

  @Test
  void oneInTwentyOfThePhrasesThatAreThereIsCalledAbsent() {
    EvaluatedSplit many = Cases.many();

    UnsureLimit unsure = UnsureLimit.of(many, CALIBRATION, 0.9);

    assertThat(unsure.presentRuledOut()).isEqualTo(0.05);
    assertThat(unsure.absentRuledOut()).isGreaterThan(0.25);
    assertThat(unsure.from()).isLessThan(0.9);
    assertThat(ThresholdTuning.of(many, CALIBRATION).unsure().from())
        .isLessThanOrEqualTo(ThresholdTuning.of(many, CALIBRATION).all().best().threshold());
  }

  @Test
  void nothingIsUnsureWhereTheThresholdMissesFewer() {
    UnsureLimit unsure = UnsureLimit.of(Cases.many(), CALIBRATION, 0.01);

    assertThat(unsure.from()).isEqualTo(0.01);
    assertThat(unsure.presentRuledOut()).isZero();
  }

  @Test
  void calibrationLessensTheErrorOnTheBoxesThatItIsFittedTo() {
    CalibrationTuning tuning = CalibrationTuning.of(Cases.many(), new Calibration(3, 2));

    assertThat(tuning.after().error()).isLessThan(tuning.before().error());
  }

  @Test
  void aLogitIsWhatGivesTheProbability() {
    assertThat(CALIBRATION.logit(CALIBRATION.probability(1.7))).isCloseTo(1.7, within(1e-12));
  }
}
