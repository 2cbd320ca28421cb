package io.deixis.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.HandMadeDataset;
import io.deixis.metrics.GroundingScore;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {

  @ParameterizedTest
  @CsvSource({"WHOLE_IMAGE, 2, 3", "ONE_TRUTH_BOX, 5, 4"})
  void hitsWhatCanBeCountedByHand(Baseline baseline, int anyBox, int mergedBoxes) {
    GroundingDataset data = HandMadeDataset.open();
    List<String> ids = data.split("test");
    List<PhrasePrediction> answers =
        ids.stream().flatMap(id -> baseline.predictions(data.read(id)).stream()).toList();

    GroundingScore score = GroundingEvaluator.score(data, ids, answers, 1);

    assertThat(score.unanswered()).isZero();
    assertThat(score.anyBox().all().phrases()).isEqualTo(5);
    assertThat(score.anyBox().all().atK().get(0).hits()).isEqualTo(anyBox);
    assertThat(score.mergedBoxes().all().atK().get(0).hits()).isEqualTo(mergedBoxes);
  }
}
