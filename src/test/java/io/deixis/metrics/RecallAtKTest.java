package io.deixis.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.GroundTruth;
import io.deixis.evaluation.report.PlainText;
import io.deixis.geometry.Box;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecallAtKTest {

  private static final Box LEFT = new Box(0, 0, 10, 10);
  private static final Box RIGHT = new Box(90, 0, 100, 10);
  private static final Box BOTH = new Box(0, 0, 100, 10);
  private static final Box ELSEWHERE = new Box(0, 50, 10, 60);

  @Test
  void looksAtTheKBestBoxes() {
    RecallAtK recall = new RecallAtK(BoxProtocol.ANY_BOX, 0.5, List.of(1, 2), 1);
    update(recall, truth("1", List.of("people"), LEFT), List.of(LEFT, ELSEWHERE));
    update(recall, truth("1", List.of("people"), LEFT), List.of(ELSEWHERE, LEFT));
    update(recall, truth("2", List.of("people"), LEFT), List.of(ELSEWHERE, RIGHT, LEFT));
    update(recall, truth("2", List.of("people"), LEFT), List.of());

    RecallTable.Row all = recall.compute().all();

    assertThat(all.phrases()).isEqualTo(4);
    assertThat(all.atK()).extracting(RecallTable.Recall::value).containsExactly(0.25, 0.5);
    assertThat(all.upperBound().value()).isEqualTo(0.75);
  }

  @Test
  void hitsFromTheThresholdOn() {
    RecallAtK recall = new RecallAtK(BoxProtocol.ANY_BOX, 1);
    update(recall, truth("1", List.of("people"), LEFT), List.of(new Box(0, 0, 10, 5)));
    update(recall, truth("1", List.of("people"), LEFT), List.of(new Box(0, 0, 10, 4.99)));

    assertThat(recall.compute().all().atK().get(0).hits()).isEqualTo(1);
  }

  @Test
  void anyBoxTakesOneOfSeveral() {
    RecallAtK recall = new RecallAtK(BoxProtocol.ANY_BOX, 1);
    update(recall, truth("1", List.of("people"), LEFT, RIGHT), List.of(RIGHT));
    update(recall, truth("1", List.of("people"), LEFT, RIGHT), List.of(BOTH));

    assertThat(recall.compute().all().atK().get(0).hits()).isEqualTo(1);
  }

  @Test
  void mergedBoxesTakesTheEnclosingOne() {
    RecallAtK recall = new RecallAtK(BoxProtocol.MERGED_BOXES, 1);
    update(recall, truth("1", List.of("people"), LEFT, RIGHT), List.of(RIGHT, BOTH));

    RecallTable.Row all = recall.compute().all();

    assertThat(all.atK()).extracting(RecallTable.Recall::hits).containsExactly(0, 1, 1);
  }

  @Test
  void countsAPhraseInEachOfItsTypesAndOnceInAll() {
    RecallAtK recall = new RecallAtK(BoxProtocol.ANY_BOX, 1);
    update(recall, truth("1", List.of("people"), LEFT), List.of(LEFT));
    update(recall, truth("1", List.of("people", "other"), LEFT), List.of(ELSEWHERE));

    RecallTable table = recall.compute();

    assertThat(table.all().phrases()).isEqualTo(2);
    assertThat(table.types()).extracting(RecallTable.Row::name).containsExactly("people", "other");
    assertThat(table.types()).extracting(RecallTable.Row::phrases).containsExactly(2, 1);
    assertThat(table.types().get(1).atK().get(0).value()).isZero();
  }

  @Test
  void resamplesImagesAndNotPhrases() {
    RecallAtK twoImages = new RecallAtK(BoxProtocol.ANY_BOX, 3);
    RecallAtK manyImages = new RecallAtK(BoxProtocol.ANY_BOX, 3);
    for (int phrase = 0; phrase < 200; phrase++) {
      List<Box> boxes = List.of(phrase % 2 == 0 ? LEFT : ELSEWHERE);
      update(twoImages, truth("" + phrase % 2, List.of("people"), LEFT), boxes);
      update(manyImages, truth("" + phrase, List.of("people"), LEFT), boxes);
    }

    // one image has every hit, the other none: a resample may hold either of them twice
    assertThat(interval(twoImages)).isEqualTo(new Interval(0, 1));
    // the standard error of 200 independent phrases is .035
    assertThat(interval(manyImages).low()).isBetween(0.40, 0.46);
    assertThat(interval(manyImages).high()).isBetween(0.54, 0.60);
    assertThat(interval(manyImages)).isEqualTo(interval(manyImages));
  }

  @Test
  void printsATable() {
    RecallAtK recall = new RecallAtK(BoxProtocol.ANY_BOX, 1);
    update(recall, truth("1", List.of("people"), LEFT), Collections.nCopies(2, LEFT));
    update(recall, truth("1", List.of("animals"), LEFT), List.of(ELSEWHERE));
    update(recall, truth("1", List.of("people"), LEFT), List.of(ELSEWHERE, LEFT));

    assertThat(PlainText.of(recall.compute()))
        .isEqualToNormalizingNewlines(
            """
            ANY-BOX        phrases     R@1     R@5    R@10   R@1, 95 %
            all                  3   33.33   66.67   66.67   33.3 to 33.3
            people               2   50.00  100.00  100.00   50.0 to 50.0
            animals              1    0.00    0.00    0.00    0.0 to  0.0
            """);
    assertThat(PlainText.ofBounds(recall.compute()))
        .isEqualToNormalizingNewlines(
            """
            ANY-BOX        phrases   upper bound
            all                  3         66.67
            people               2        100.00
            animals              1          0.00
            """);
  }

  private static Interval interval(RecallAtK recall) {
    return recall.compute().all().atK().get(0).interval();
  }

  private static void update(RecallAtK recall, GroundTruth truth, List<Box> bestFirst) {
    recall.update(truth.image(), truth.phrase().types(), truth.boxes(), bestFirst);
  }

  private static GroundTruth truth(String image, List<String> types, Box... boxes) {
    return new GroundTruth(image, 0, new EntityPhrase("1", types, "it", 0), List.of(boxes));
  }
}
