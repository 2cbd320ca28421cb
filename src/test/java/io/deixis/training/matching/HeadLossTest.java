package io.deixis.training.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.matching.Matcher;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.matching.RandomWeights;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.language.ContentWords;
import io.deixis.training.features.FeatureCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TorchExtension.class)
class HeadLossTest {

  private static final float POSITIVE_WEIGHT = 4;
  private static final int N = SmallCache.CANDIDATES;

  private static PhraseTable table;

  @TempDir private Path directory;
  private FeatureCache cache;
  private Matcher head;

  @BeforeAll
  static void encode(NDManager started, @TempDir Path phrases) {
    table =
        SmallTable.of(
            phrases, List.of(ContextualPhrase.alone("a dog"), ContextualPhrase.alone("a red car")));
  }

  @BeforeEach
  void prepare(NDManager manager) throws IOException {
    SmallCache.write(directory, manager, 2);
    cache = SmallCache.open(directory);
    Map<String, float[]> weights = RandomWeights.of(table.rows(), 3);
    Map<String, NDArray> tensors = new HashMap<>();
    MatcherType type = Architecture.STANDARD.matcherType();
    type.shapes(table.rows())
        .forEach((name, shape) -> tensors.put(name, manager.create(weights.get(name), shape)));
    head = type.create(tensors);
  }

  private static TrainingImage image(String key, String text) {
    return new TrainingImage(
        key,
        List.of(TrainingPhrase.unsaid(text, List.of(SmallCache.place(3)), 1.5f)),
        List.of(),
        Set.copyOf(ContentWords.of(text)));
  }

  private HeadBatch draw(NDManager manager, int phrases, TrainingImage... images) {
    HeadSettings settings = new HeadSettings(List.of(), 2, N, phrases, 0, 0, POSITIVE_WEIGHT, 1);
    Random random = new Random(5);
    CandidateRegions regions =
        CandidateRegions.draw(manager, List.of(images), cache, settings.candidates(), random);
    return HeadBatch.draw(manager, List.of(images), regions, table, settings, random);
  }

  private Map<String, Float> loss(HeadBatch batch, boolean otherImages) {
    return new HeadLoss(head, POSITIVE_WEIGHT).of(batch, 0, otherImages).figures();
  }

  @Test
  void pairsAndRankingAgreeWithTheirDefinitions(NDManager manager) {
    HeadBatch batch = draw(manager, 1, image("image0", "a dog"));
    NDArray phrases =
        head.phrases(batch.sentences(), batch.contexts(), batch.pieces(), batch.present(), 0)
            .expandDims(0);
    NDArray regions = head.regions(batch.features(), 0).expandDims(0);
    NDArray ofPairs = head.logits(phrases, regions);
    float[] logits = ofPairs.toFloatArray();
    float presence = head.presence(phrases, regions, ofPairs, 0).getFloat();
    float[] positive = batch.positive().toFloatArray();
    float[] target = batch.target().toFloatArray();
    double pairs = 0;
    double exponentials = 0;
    for (int n = 0; n < N; n++) {
      double probability = 1 / (1 + Math.exp(-logits[n] - presence));
      pairs -= positive[n] > 0 ? POSITIVE_WEIGHT * Math.log(probability) : Math.log1p(-probability);
      exponentials += Math.exp(logits[n]);
    }
    double ranking = 0;
    for (int n = 0; n < N; n++) {
      ranking -= target[n] * Math.log(Math.exp(logits[n]) / exponentials);
    }

    Map<String, Float> figures = loss(batch, false);

    assertThat((double) figures.get("pairs")).isCloseTo(pairs / 16, within(1e-4));
    assertThat((double) figures.get("ranking")).isCloseTo(ranking, within(1e-4));
  }

  @Test
  void theTotalIsTheSumOfItsParts(NDManager manager) {
    HeadBatch batch = draw(manager, 1, image("image0", "a dog"), image("image1", "a red car"));

    Map<String, Float> alone = loss(batch, false);
    Map<String, Float> withOthers = loss(batch, true);

    assertThat(alone)
        .containsOnlyKeys("loss", "pairs", "ranking", "refinement", "accuracy", "positive rate");
    assertThat(alone.get("loss"))
        .isCloseTo(
            alone.get("pairs") + alone.get("ranking") + alone.get("refinement"), within(1e-4f));
    assertThat(withOthers.get("absent")).isPositive();
    assertThat(withOthers.get("present")).isPositive();
    assertThat(withOthers.get("loss"))
        .isCloseTo(
            alone.get("loss") + withOthers.get("absent") + withOthers.get("present"),
            within(1e-4f));
  }

  @Test
  void phrasesThatShareAWordWithTheNextImageAreNotForeign(NDManager manager) {
    HeadBatch batch = draw(manager, 1, image("image0", "a dog"), image("image1", "a dog"));

    assertThat(loss(batch, true).get("absent")).isZero();
  }

  @Test
  void paddingChangesNothing(NDManager manager) {
    Map<String, Float> plain = loss(draw(manager, 1, image("image0", "a dog")), true);
    Map<String, Float> padded = loss(draw(manager, 3, image("image0", "a dog")), true);

    plain.forEach((name, value) -> assertThat(padded.get(name)).isCloseTo(value, within(1e-4f)));
  }
}
