package io.deixis.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.EntitySentence;
import io.deixis.dataset.GroundTruth;
import io.deixis.evaluation.report.PlainText;
import io.deixis.geometry.Box;
import io.deixis.metrics.GroundingScore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroundingEvaluatorTest {

  private static final Box MAN = new Box(0, 0, 10, 20);
  private static final Box HAT = new Box(0, 0, 10, 5);

  private static final AnnotatedImage IMAGE =
      new AnnotatedImage(
          "7",
          40,
          30,
          Map.of("1", List.of(MAN), "2", List.of(HAT)),
          Set.of("3"),
          Set.of(),
          List.of(
              EntitySentence.parse("[/EN#1/people A man] in [/EN#3/scene a park] ."),
              EntitySentence.parse("It is [/EN#0/notvisual a day] ."),
              EntitySentence.parse("[/EN#1/people He] wears [/EN#2/clothing a hat] .")));

  private final GroundingEvaluator evaluator = new GroundingEvaluator(1);

  @Test
  void countsEveryPhraseWithABox() {
    evaluator.update(IMAGE, IMAGE.groundTruth().stream().map(t -> answer(t, t.boxes())).toList());

    GroundingScore score = evaluator.compute();

    assertThat(score.images()).isEqualTo(1);
    assertThat(score.sentences()).isEqualTo(2);
    assertThat(score.anyBox().all().phrases()).isEqualTo(3);
    assertThat(score.anyBox().all().atK().get(0).value()).isEqualTo(1);
    assertThat(score.unanswered()).isZero();
    assertThat(score.unused()).isZero();
  }

  @Test
  void aPhraseWithoutPredictionIsAMiss() {
    GroundTruth first = IMAGE.groundTruth().get(0);
    evaluator.update(IMAGE, List.of(answer(first, List.of(MAN))));

    GroundingScore score = evaluator.compute();

    assertThat(score.unanswered()).isEqualTo(2);
    assertThat(score.anyBox().all().atK().get(0).hits()).isEqualTo(1);
    assertThat(score.anyBox().all().phrases()).isEqualTo(3);
    assertThat(PlainText.of(score)).contains("2 phrases have no prediction");
  }

  @Test
  void countsPredictionsForPhrasesThatDoNotCount() {
    PhrasePrediction park =
        PhrasePrediction.of(
            "7", 0, IMAGE.sentences().get(0).phrases().get(1), List.of(MAN), List.of(0.5));
    evaluator.update(IMAGE, List.of(park));

    assertThat(evaluator.compute().unused()).isEqualTo(1);
  }

  @Test
  void refusesTwoPredictionsForOnePhrase() {
    PhrasePrediction twice = answer(IMAGE.groundTruth().get(0), List.of(MAN));

    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> evaluator.update(IMAGE, List.of(twice, twice)))
        .withMessage("Image 7 has two predictions for 'A man' in sentence 0: keep one.");
  }

  @Test
  void baselinesNeedNoModel() {
    GroundTruth two =
        new GroundTruth("7", 0, IMAGE.groundTruth().get(0).phrase(), List.of(HAT, MAN));

    assertThat(Baseline.WHOLE_IMAGE.boxes(IMAGE, two)).containsExactly(new Box(0, 0, 40, 30));
    assertThat(Baseline.ONE_TRUTH_BOX.boxes(IMAGE, two)).containsExactly(MAN);
  }

  private static PhrasePrediction answer(GroundTruth truth, List<Box> boxes) {
    return PhrasePrediction.of(
        truth.image(),
        truth.sentence(),
        truth.phrase(),
        boxes,
        boxes.stream().map(box -> 0.5).toList());
  }
}
