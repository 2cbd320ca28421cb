package io.deixis.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.deixis.dataset.DatasetInspection;
import io.deixis.dataset.Defect;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.SplitStatistics;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.metrics.GroundingScore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Counts, floor and ceiling on the official annotations of all 31,783 images, where a folder with
 * them is named: {@code ./mvnw test -Dtest=FullAnnotationsTest -Dflickr30k=DIR}. No images are
 * needed.
 */
@EnabledIfSystemProperty(named = FullAnnotationsTest.FOLDER, matches = ".+")
class FullAnnotationsTest {

  static final String FOLDER = "flickr30k";

  private static GroundingDataset data;

  @BeforeAll
  static void open() {
    data = DatasetFormat.open(Path.of(System.getProperty(FOLDER)));
  }

  @Test
  void countsTheTestSplit() {
    SplitStatistics test = SplitStatistics.of(data, "test");

    assertThat(test.images()).isEqualTo(1000);
    assertThat(test.groundedPhrases()).isEqualTo(14_481);
    assertThat(test.groundedSentences()).isEqualTo(4_969);
    assertThat(test.severalBoxesShare()).isCloseTo(0.201, within(0.0005));
    assertThat(test.groundedPhrasesByType())
        .containsExactly(
            entry("people", 5656),
            entry("other", 3374),
            entry("clothing", 2306),
            entry("scene", 1619),
            entry("bodyparts", 523),
            entry("animals", 518),
            entry("vehicles", 400),
            entry("instruments", 162));
  }

  @ParameterizedTest
  @CsvSource({"val, 1000, 14433", "train, 29783, 427226"})
  void countsTheOtherSplits(String split, int images, int phrases) {
    SplitStatistics statistics = SplitStatistics.of(data, split);

    assertThat(statistics.images()).isEqualTo(images);
    assertThat(statistics.groundedPhrases()).isEqualTo(phrases);
  }

  @ParameterizedTest
  @CsvSource({"WHOLE_IMAGE, 16.5, 21.9", "ONE_TRUTH_BOX, 100, 87.4"})
  void scoresTheBaselines(Baseline baseline, double anyBox, double mergedBoxes) {
    List<String> ids = data.split("test");
    List<PhrasePrediction> answers =
        ids.stream().flatMap(id -> baseline.predictions(data.read(id)).stream()).toList();

    GroundingScore score = GroundingEvaluator.score(data, ids, answers, 1);

    assertThat(100 * score.anyBox().all().atK().get(0).value()).isCloseTo(anyBox, within(0.05));
    assertThat(100 * score.mergedBoxes().all().atK().get(0).value())
        .isCloseTo(mergedBoxes, within(0.05));
  }

  @Test
  void findsNothingWrong() {
    List<String> splits = List.of("train", "val", "test");

    assertThat(new DatasetInspection(data).ofLists(splits).values()).allMatch(List::isEmpty);
    assertThat(splits.stream().flatMap(split -> data.split(split).stream()))
        .flatMap(data::defects)
        .extracting(Defect::text)
        .isEmpty();
  }
}
