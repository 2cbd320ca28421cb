package io.deixis.training.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.geometry.Box;
import io.deixis.language.ContentWords;
import io.deixis.training.features.FeatureCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TorchExtension.class)
class HeadBatchTest {

  private static final HeadSettings SETTINGS = settings(SmallCache.CANDIDATES, 2, 1);

  private static PhraseTable table;

  @TempDir private Path directory;
  private FeatureCache cache;

  @BeforeAll
  static void encode(NDManager started, @TempDir Path phrases) {
    table =
        SmallTable.of(
            phrases,
            Stream.of("a dog", "dog", "a red car", "red car", "two dogs")
                .map(ContextualPhrase::alone)
                .toList());
  }

  @BeforeEach
  void writeCache(NDManager manager) throws IOException {
    SmallCache.write(directory, manager, 2);
    cache = SmallCache.open(directory);
  }

  private static HeadSettings settings(int candidates, int phrases, int relations) {
    return new HeadSettings(
        HeadSettings.DEFAULTS.plan(),
        candidates,
        phrases,
        relations,
        0,
        new PositiveWeight(4),
        0,
        0,
        List.of());
  }

  private static TrainingImage image(String key, TrainingPhrase... phrases) {
    return new TrainingImage(key, List.of(phrases), List.of(), ContentWords.of(phrases[0].text()));
  }

  private HeadBatch draw(NDManager manager, HeadSettings settings, TrainingImage... images) {
    Random random = new Random(5);
    CandidateRegions regions =
        CandidateRegions.draw(manager, List.of(images), cache, settings.candidates(), random);
    return HeadBatch.draw(manager, List.of(images), regions, table, settings, random);
  }

  @Test
  void hasTheShapesItPromises(NDManager manager) {
    TrainingPhrase dog = TrainingPhrase.unmentioned("a dog", List.of(SmallCache.place(3)), 1);
    HeadBatch batch = draw(manager, SETTINGS, image("image0", dog), image("image1", dog));

    assertThat(batch.images()).isEqualTo(2);
    assertThat(batch.phrases()).isEqualTo(3);
    assertThat(batch.candidates()).isEqualTo(12);
    assertThat(batch.features().getShape()).isEqualTo(new Shape(24, 750));
    assertThat(batch.boxes().getShape()).isEqualTo(new Shape(2, 1, 12, 4));
    assertThat(batch.asked().sentences().getShape()).isEqualTo(new Shape(6, 384));
    assertThat(batch.asked().pieces().getShape()).isEqualTo(new Shape(6, 2));
    assertThat(batch.asked().present().getShape()).isEqualTo(new Shape(6, 2, 1));
    assertThat(batch.truth().getShape()).isEqualTo(new Shape(2, 3, 12, 4));
    assertThat(batch.asked().contexts().getShape()).isEqualTo(new Shape(6, 384));
    assertThat(batch.negatives()).hasSize(HeadBatch.NEXT_IMAGES);
    assertThat(batch.negatives().get(0).getShape()).isEqualTo(new Shape(2, 3));
  }

  @Test
  void labelsFollowTheIouWithTheNearestTruthBox(NDManager manager) {
    // the first truth box is candidate 3 itself, the second covers candidates 8 and 9: IoU 0.5
    Box pair = SmallCache.place(8).enclosing(SmallCache.place(9));
    List<Box> truths = List.of(SmallCache.place(3), pair);
    HeadBatch batch =
        draw(manager, SETTINGS, image("image0", TrainingPhrase.unmentioned("two dogs", truths, 1)));

    float[] boxes = batch.boxes().toFloatArray();
    float[] positive = batch.positive().toFloatArray();
    float[] target = batch.target().toFloatArray();
    float[] refine = batch.refine().toFloatArray();
    float[] truth = batch.truth().toFloatArray();
    double squares = 0;
    int refined = 0;
    for (int n = 0; n < 12; n++) {
      double best = bestIou(HeadBatch.box(boxes, n * 4), truths);
      squares += best >= .5 ? best * best : 0;
      refined += best >= .45 ? 1 : 0;
    }
    assertThat(refined).isGreaterThanOrEqualTo(2);
    for (int n = 0; n < 12; n++) {
      Box candidate = HeadBatch.box(boxes, n * 4);
      double best = bestIou(candidate, truths);
      assertThat(positive[n]).isEqualTo(best >= .5 ? 1 : 0);
      assertThat((double) target[n])
          .isCloseTo(best >= .5 ? best * best / squares : 0, within(1e-6));
      assertThat((double) refine[n]).isCloseTo(best >= .45 ? 1.0 / refined : 0, within(1e-6));
      assertThat(candidate.iou(HeadBatch.box(truth, n * 4))).isCloseTo(best, within(1e-5));
    }
    assertThat(sum(target, 0, 12)).isCloseTo(1, within(1e-5));
    assertThat(sum(refine, 0, 12)).isCloseTo(1, within(1e-5));
  }

  private static double bestIou(Box candidate, List<Box> truths) {
    return truths.stream().mapToDouble(candidate::iou).max().orElseThrow();
  }

  private static double sum(float[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum;
  }

  @Test
  void aPhraseThatNoCandidateMeetsHasNoTarget(NDManager manager) {
    TrainingPhrase tiny = TrainingPhrase.unmentioned("a dog", List.of(new Box(0, 0, .01, .01)), 1);
    HeadBatch batch = draw(manager, SETTINGS, image("image0", tiny));

    assertThat(batch.weight().get("0, 0").getFloat()).isEqualTo(1);
    assertThat(batch.positive().sum().getFloat()).isZero();
    assertThat(batch.target().sum().getFloat()).isZero();
    assertThat(batch.refine().sum().getFloat()).isZero();
  }

  @Test
  void paddingWeighsNothing(NDManager manager) {
    TrainingPhrase dog = TrainingPhrase.unmentioned("a dog", List.of(SmallCache.place(3)), 1.5f);
    HeadBatch batch = draw(manager, SETTINGS, image("image0", dog));

    assertThat(batch.weight().toFloatArray()).containsExactly(1.5f, 0, 0);
    assertThat(batch.target().get(":, 1:").sum().getFloat()).isZero();
    assertThat(batch.negatives().get(0).get(":, 1:").sum().getFloat()).isZero();
  }

  @Test
  void aPhraseIsANegativeOfAnImageItSharesNoWordWith(NDManager manager) {
    TrainingPhrase dog = TrainingPhrase.unmentioned("a dog", List.of(SmallCache.place(3)), 1);
    TrainingPhrase car = TrainingPhrase.unmentioned("a red car", List.of(SmallCache.place(4)), 1);

    assertThat(
            draw(manager, SETTINGS, image("image0", dog), image("image1", car))
                .negatives()
                .get(0)
                .toFloatArray())
        .containsExactly(1, 0, 0, 1, 0, 0);
    assertThat(
            draw(manager, SETTINGS, image("image0", dog), image("image1", dog))
                .negatives()
                .get(0)
                .toFloatArray())
        .containsOnly(0);
    assertThat(draw(manager, SETTINGS, image("image0", dog)).negatives().get(0).toFloatArray())
        .containsOnly(0);
  }

  @Test
  void relationsComeBesidesPhrasesAndAreNeverNegativesOfOtherImages(NDManager manager) {
    TrainingPhrase dog = TrainingPhrase.unmentioned("a dog", List.of(SmallCache.place(3)), 1);
    TrainingPhrase dogs = TrainingPhrase.unmentioned("two dogs", List.of(SmallCache.place(4)), 2);
    TrainingImage first =
        new TrainingImage("image0", List.of(dog), List.of(dogs), Set.of("dog", "dogs"));
    TrainingImage second =
        image("image1", TrainingPhrase.unmentioned("a red car", List.of(SmallCache.place(4)), 1));
    HeadBatch batch = draw(manager, SETTINGS, first, second);

    assertThat(batch.weight().get("0").toFloatArray()).containsExactly(1, 2, 0);
    assertThat(batch.negatives().get(0).get("0").toFloatArray()).containsExactly(1, 0, 0);
  }

  @Test
  void drawsSomeOfTheCandidatesWithTheirOwnFeatures(NDManager manager) {
    TrainingPhrase dog = TrainingPhrase.unmentioned("a dog", List.of(SmallCache.place(3)), 1);
    HeadBatch few = draw(manager, settings(5, 1, 0), image("image1", dog));
    HeadBatch all = draw(manager, settings(SmallCache.CANDIDATES, 1, 0), image("image1", dog));

    assertThat(few.candidates()).isEqualTo(5);
    float[] boxes = all.boxes().toFloatArray();
    for (int n = 0; n < 5; n++) {
      Box drawn = HeadBatch.box(few.boxes().toFloatArray(), n * 4);
      int same = 0;
      while (!HeadBatch.box(boxes, same * 4).equals(drawn)) {
        same++;
      }
      assertThat(few.features().get(n).toFloatArray())
          .containsExactly(all.features().get(same).toFloatArray());
    }
  }

  @Test
  void takesAllCandidatesWhereThereAreFewerThanAskedFor(NDManager manager) {
    TrainingPhrase dog = TrainingPhrase.unmentioned("a dog", List.of(SmallCache.place(3)), 1);
    HeadBatch batch = draw(manager, settings(96, 1, 0), image("image0", dog));

    assertThat(batch.candidates()).isEqualTo(SmallCache.CANDIDATES);
    assertThat(batch.target().sum().getFloat()).isCloseTo(1, within(1e-5f));
  }

  @Test
  void aPhraseIsReadInItsSentencesAndByItself(NDManager manager) {
    TrainingPhrase dog =
        new TrainingPhrase(
            "a dog",
            List.of("animals"),
            List.of(new ContextualPhrase("a dog", "a dog by a red car", 0, 5)),
            List.of(SmallCache.place(3)),
            1,
            List.of());
    PhraseTable said =
        SmallTable.of(
            directory.resolve("phrases"), List.of(dog.alone(), dog.bare(), dog.mentions().get(0)));
    float[] alone = said.context(dog.alone());
    float[] bare = said.context(dog.bare());
    float[] inContext = said.context(dog.mentions().get(0));
    assertThat(inContext).isNotEqualTo(alone);

    Random random = new Random(3);
    int read = 0;
    for (int i = 0; i < 50; i++) {
      CandidateRegions regions =
          CandidateRegions.draw(manager, List.of(image("image0", dog)), cache, 4, random);
      HeadBatch batch =
          HeadBatch.draw(manager, List.of(image("image0", dog)), regions, said, SETTINGS, random);
      float[] drawn = batch.asked().contexts().get(0).toFloatArray();
      assertThat(drawn).isIn(alone, bare, inContext);
      read += Arrays.equals(drawn, inContext) ? 1 : 0;
    }
    assertThat(read).isBetween(20, 40);
  }

  @Test
  void everyPairIsDrawnOnceUnlessPositivesAreOversampled(NDManager manager) {
    TrainingPhrase dog = TrainingPhrase.unmentioned("a dog", List.of(SmallCache.place(3)), 1);
    HeadBatch once = draw(manager, SETTINGS, image("image0", dog));
    assertThat(once.draws().toFloatArray()).containsOnly(1);

    // One positive and eleven negatives: the positive is drawn ceil(11 / 3) times.
    HeadBatch more =
        draw(
            manager,
            SETTINGS.with(SETTINGS.plan(), new PositiveWeight(4), 1 / 3.0, List.of()),
            image("image0", dog));
    assertThat(more.draws().mul(more.positive()).sum().getFloat()).isEqualTo(4);
    assertThat(more.draws().sum().getFloat()).isEqualTo(3 * 12 + 3);
  }

  @Test
  void positivesAreDrawnEquallyOftenButForARemainder() {
    float[] positive = {1, 0, 0, 1, 1, 0, /* padding */ 0, 1, 0};
    float[] weight = {1, 2, 0};
    float[] draws = HeadBatch.draws(weight, positive, 3, 7 / 3.0, new Random(1));

    // Three positives and three negatives make seven draws of positives.
    assertThat(draws[0] + draws[3] + draws[4]).isEqualTo(7);
    assertThat(List.of(draws[0], draws[3], draws[4])).containsExactlyInAnyOrder(2f, 2f, 3f);
    assertThat(draws[1] + draws[2] + draws[5]).isEqualTo(3);
    assertThat(draws[7]).isEqualTo(1);
  }

  @Test
  void enoughPositivesAreNeverDrawnLess() {
    float[] positive = {1, 1, 0};

    assertThat(HeadBatch.draws(new float[] {1}, positive, 3, 0.1, new Random(1))).containsOnly(1);
  }
}
