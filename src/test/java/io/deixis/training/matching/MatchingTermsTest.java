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
import io.deixis.training.loop.LossTerm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TorchExtension.class)
class MatchingTermsTest {

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
            phrases,
            Stream.of("a dog", "dog", "a red car", "red car")
                .map(ContextualPhrase::alone)
                .toList());
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
        List.of(TrainingPhrase.unmentioned(text, List.of(SmallCache.place(3)), 1.5f)),
        List.of(),
        Set.copyOf(ContentWords.of(text)));
  }

  private HeadBatch draw(NDManager manager, int phrases, TrainingImage... images) {
    return draw(manager, phrases, 0, images);
  }

  private HeadBatch draw(
      NDManager manager, int phrases, double oversampling, TrainingImage... images) {
    HeadSettings settings =
        new HeadSettings(
            HeadSettings.DEFAULTS.plan(),
            N,
            phrases,
            0,
            0,
            new PositiveWeight(POSITIVE_WEIGHT),
            oversampling,
            0,
            List.of());
    Random random = new Random(5);
    CandidateRegions regions =
        CandidateRegions.draw(manager, List.of(images), cache, settings.candidates(), random);
    return HeadBatch.draw(manager, List.of(images), regions, table, settings, random);
  }

  private Map<String, Float> loss(HeadBatch batch) {
    MatchingForward forward = new MatchingForward(head, batch, 0);
    Map<String, Float> metrics = new LinkedHashMap<>();
    for (LossTerm<MatchingForward> term : MatchingTerms.of(POSITIVE_WEIGHT)) {
      metrics.put(term.name(), term.weight() * term.value().apply(forward).getFloat());
    }
    forward.metrics().forEach((name, value) -> metrics.put(name, value.getFloat()));
    return metrics;
  }

  @Test
  void pairsAndRankingAgreeWithTheirDefinitions(NDManager manager) {
    HeadBatch batch = draw(manager, 1, image("image0", "a dog"));
    NDArray phrases = batch.asked().encoded(head, 1, 0);
    NDArray regions = head.regions(batch.features(), 0).expandDims(0);
    Matcher.Match match = head.match(phrases, regions, 0);
    float[] logits = match.logits().toFloatArray();
    float presence = match.presence().getFloat();
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

    Map<String, Float> metrics = loss(batch);

    assertThat((double) metrics.get("pairs")).isCloseTo(pairs / 16, within(1e-4));
    assertThat((double) metrics.get("ranking")).isCloseTo(ranking, within(1e-4));
  }

  @Test
  void phrasesAreNegativesOfTheNextImagesUnlessTheyShareAWord(NDManager manager) {
    Map<String, Float> others =
        loss(draw(manager, 1, image("image0", "a dog"), image("image1", "a red car")));
    Map<String, Float> alike =
        loss(draw(manager, 1, image("image0", "a dog"), image("image1", "a dog")));
    Map<String, Float> alone = loss(draw(manager, 1, image("image0", "a dog")));

    assertThat(others.get("other images")).isPositive();
    assertThat(others.get("absence")).isPositive();
    assertThat(alike).containsEntry("other images", 0f).containsEntry("absence", 0f);
    assertThat(alone).containsEntry("other images", 0f).containsEntry("absence", 0f);
    assertThat(alone.get("presence")).isPositive();
  }

  @Test
  void pairsThatAreDrawnAgainCountAgainAndShowInThePositiveRate(NDManager manager) {
    HeadBatch once = draw(manager, 1, image("image0", "a dog"));
    HeadBatch again = draw(manager, 1, 3 / 11.0, image("image0", "a dog"));
    assertThat(once.positive().sum().getFloat()).isEqualTo(1);

    assertThat(loss(once).get("positive rate")).isCloseTo(1 / 12f, within(1e-6f));
    assertThat(loss(again).get("positive rate")).isCloseTo(3 / 14f, within(1e-6f));
    assertThat(loss(again).get("pairs")).isGreaterThan(loss(once).get("pairs"));
    assertThat(loss(again).get("ranking")).isEqualTo(loss(once).get("ranking"));
  }

  @Test
  void siblingsAreToBeRefusedAndToScoreBelowTheirPhrase(NDManager manager) {
    TrainingPhrase dog =
        new TrainingPhrase(
            "a dog",
            List.of("animals"),
            List.of(),
            List.of(SmallCache.place(3)),
            1,
            List.of(ContextualPhrase.alone("a red car")));
    HeadSettings settings =
        new HeadSettings(
            HeadSettings.DEFAULTS.plan(),
            N,
            2,
            0,
            0,
            new PositiveWeight(POSITIVE_WEIGHT),
            0,
            3,
            List.of());
    TrainingImage image = new TrainingImage("image0", List.of(dog), List.of(), Set.of("dog"));
    Random random = new Random(5);
    CandidateRegions regions = CandidateRegions.draw(manager, List.of(image), cache, N, random);
    HeadBatch batch = HeadBatch.draw(manager, List.of(image), regions, table, settings, random);

    assertThat(batch.siblings().weight().toFloatArray()).containsExactly(1, 0, 0);
    assertThat(batch.siblings().of().toLongArray()).containsExactly(0, 0, 0);
    MatchingForward forward = new MatchingForward(head, batch, 0);
    MatchingForward.Siblings siblings = forward.siblings();
    float there = siblings.presence().toFloatArray()[0];
    float truth = siblings.truePresence().toFloatArray()[0];
    assertThat(truth).isEqualTo(forward.presence().toFloatArray()[0]);
    double expected = Math.log1p(Math.exp(there)) + Math.log1p(Math.exp(there - truth + .5));
    assertThat((double) loss(batch).get("sibling presence")).isCloseTo(.3 * expected, within(1e-4));
    assertThat(loss(batch).get("sibling recognition")).isPositive();
    assertThat(loss(draw(manager, 2, image("image0", "a dog"))))
        .containsEntry("sibling presence", 0f)
        .containsEntry("sibling recognition", 0f);
  }

  @Test
  void paddingChangesNothing(NDManager manager) {
    Map<String, Float> plain = loss(draw(manager, 1, image("image0", "a dog")));
    Map<String, Float> padded = loss(draw(manager, 3, image("image0", "a dog")));

    plain.forEach((name, value) -> assertThat(padded.get(name)).isCloseTo(value, within(1e-4f)));
  }
}
