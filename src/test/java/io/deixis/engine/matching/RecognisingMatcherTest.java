package io.deixis.engine.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.deixis.engine.torch.TorchExtension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class RecognisingMatcherTest {

  private static final int REGIONS = 5;
  private static final int PHRASES = 3;
  private static final int FEATURES = 20;
  private static final int VECTOR = 12;
  private static final int WORDS = 4;
  private static final int PIECES = 6;

  private static final MatcherSpec SPEC =
      new MatcherSpec(
          RecognisingMatcher.KIND,
          Map.of(
              "width", 8,
              "hidden", 10,
              "pieces", 4,
              "rank", 2,
              "recognition", 6,
              "recognition hidden", 7,
              "presence", 5));

  private static final MatcherType TYPE =
      MatcherType.of(SPEC, new MatcherType.Inputs(FEATURES, VECTOR, List.of(WORDS, WORDS)));

  private final Map<String, NDArray> weights = new LinkedHashMap<>();
  private Matcher matcher;
  private NDArray phrases;
  private NDArray regions;

  @BeforeEach
  void create(NDManager manager) {
    Random random = new Random(1);
    TYPE.shapes(PIECES)
        .forEach((name, shape) -> weights.put(name, random(manager, random, shape, 0.3)));
    weights.values().forEach(weight -> weight.setRequiresGradient(true));
    matcher = TYPE.create(weights);
    phrases = phrases(manager, random);
    regions = regions(random(manager, random, new Shape(REGIONS, FEATURES), 1));
  }

  private NDArray phrases(NDManager manager, Random random) {
    NDArray sentences = random(manager, random, new Shape(PHRASES, VECTOR), 0.3);
    NDArray pieces = manager.create(new long[][] {{1, 2}, {3, 0}, {4, 5}});
    return matcher
        .phrases(sentences, sentences, pieces, manager.ones(new Shape(PHRASES, 2, 1)), 0)
        .reshape(1, PHRASES, matcher.width());
  }

  private NDArray regions(NDArray features) {
    return matcher.regions(features, 0).reshape(1, REGIONS, matcher.width());
  }

  private static NDArray random(NDManager manager, Random random, Shape shape, double scale) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return manager.create(values, shape);
  }

  @Test
  void theLevelChangesNoOrderAmongRegions() {
    Matcher.Match match = matcher.match(phrases, regions, 0);

    assertThat(match.scores().getShape()).isEqualTo(new Shape(1, PHRASES, REGIONS));
    float[] added = match.scores().sub(match.logits()).toFloatArray();
    for (int p = 0; p < PHRASES; p++) {
      for (int region = 1; region < REGIONS; region++) {
        assertThat(added[p * REGIONS + region]).isCloseTo(added[p * REGIONS], within(1e-5f));
      }
    }
  }

  @Test
  void theHighestScoreWeighsPresenceAndTheHighestLogit(NDManager manager) {
    weights.get("level").set(new float[] {.4f, .25f, -1});
    Matcher.Match match = matcher.match(phrases, regions, 0);

    float[] highest = match.scores().max(new int[] {2}).toFloatArray();

    float[] presence = match.presence().toFloatArray();
    float[] most = match.logits().max(new int[] {2}).toFloatArray();
    for (int p = 0; p < PHRASES; p++) {
      float expected = .4f * presence[p] + .25f * most[p] - 1;
      assertThat(highest[p]).isCloseTo(expected, within(1e-4f));
    }
  }

  @Test
  void wordsLikeThePhraseMakeARegionMoreRecognised(NDManager manager) {
    NDArray plain = manager.zeros(new Shape(REGIONS, FEATURES));
    NDArray sentence = manager.ones(new Shape(1, VECTOR)).div((float) Math.sqrt(VECTOR));
    float[] ofPhrase = sentence.matMul(weights.get(RecognisingMatcher.WORDS)).toFloatArray();
    float[] named = new float[FEATURES];
    System.arraycopy(ofPhrase, 0, named, FEATURES - WORDS, WORDS);
    NDArray phrase =
        matcher
            .phrases(
                sentence,
                sentence,
                manager.create(new long[][] {{1}}),
                manager.ones(new Shape(1, 1, 1)),
                0)
            .reshape(1, 1, matcher.width());
    // The towers are shut, so that the words alone speak.
    weights.get("recognise.temperature").set(new float[] {0});

    float[] recognised =
        matcher
            .match(
                phrase,
                regions(manager.create(named, new Shape(1, FEATURES)).concat(plain.get("1:"), 0)),
                0)
            .recognition()
            .toFloatArray();

    for (int region = 1; region < REGIONS; region++) {
      assertThat(recognised[0]).isGreaterThan(recognised[region]);
    }
  }

  @Test
  void whatTeachesRecognitionAndPresenceLeavesTheTowersThatLocateAlone(NDManager manager) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      Random random = new Random(4);
      NDArray asked = phrases(manager, random);
      NDArray seen = regions(random(manager, random, new Shape(REGIONS, FEATURES), 1));
      Matcher.Match match = matcher.match(asked, seen, 0);
      collector.backward(match.recognition().sum().add(match.presence().sum()));
    }

    Map<String, Boolean> reached =
        weights.entrySet().stream()
            .filter(entry -> entry.getKey().matches("(phrase|region|recognise).*weight"))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> entry.getValue().getGradient().abs().sum().getFloat() > 0));
    reached.forEach(
        (name, isReached) ->
            assertThat(isReached).as(name).isEqualTo(name.startsWith("recognise")));
  }

  @Test
  void theBasisOfWordsIsGivenAndNotTrained() {
    assertThat(TYPE.given()).containsExactly(RecognisingMatcher.WORDS);
    assertThat(MatcherType.of(SPEC, new MatcherType.Inputs(FEATURES, VECTOR, List.of())).given())
        .isEmpty();
  }

  @Test
  void listsOfWordsAreOfOneSize() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> MatcherType.of(SPEC, new MatcherType.Inputs(FEATURES, VECTOR, List.of(4, 5))))
        .withMessageContaining("size");
  }
}
