package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.deixis.engine.backbone.TinyGraph;
import io.deixis.engine.bundle.BundleException;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.matching.TwoTowerMatcher;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.region.Candidates;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionModelTest {

  @TempDir private static Path models;
  private static GroundingModel model;

  @BeforeAll
  static void load() throws IOException {
    TorchEngine.start(1);
    model = GroundingModel.load(ModelBundle.open(SmallBundle.write(models)), Device.cpu());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static UprightImage noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(3).nextBytes(rgb);
    return new UprightImage(width, height, rgb);
  }

  private static List<ContextualPhrase> alone(String... phrases) {
    return Arrays.stream(phrases).map(ContextualPhrase::alone).toList();
  }

  @Test
  void looksAtAnImageOnce() {
    ImageFeatures features = model.encode(noise(60, 40));

    assertThat(features.width()).isEqualTo(60);
    assertThat(features.height()).isEqualTo(40);
    assertThat(features.count()).isEqualTo(Candidates.count(TinyGraph.QUERIES));
    assertThat(features.regions()).hasSize(1);
    assertThat(features.regions().get(0)).hasSize(features.count() * 256);
    assertThat(model.encode(noise(60, 40)).regions().get(0))
        .containsExactly(features.regions().get(0));
  }

  @Test
  void anImageIsSeenTheSameInAnyCompany() {
    UprightImage other = new UprightImage(30, 90, new byte[3 * 30 * 90]);
    ImageFeatures alone = model.encode(noise(60, 40));
    List<ImageFeatures> together = model.encode(List.of(other, noise(60, 40)), new Stopwatch());

    assertThat(together).hasSize(2);
    ImageFeatures same = together.get(1);
    assertThat(same.width()).isEqualTo(60);
    assertThat(same.height()).isEqualTo(40);
    assertThat(same.boxes()).containsExactly(alone.boxes(), within(1e-4f));
    assertThat(same.regions().get(0)).containsExactly(alone.regions().get(0), within(1e-4f));
    assertThat(together.get(0).regions().get(0)).isNotEqualTo(alone.regions().get(0));
  }

  @Test
  void candidatesAreInPixelsTheBackbonesFirst() {
    List<Box> candidates = model.candidates(model.encode(noise(60, 40)));

    assertThat(candidates).hasSize(Candidates.count(TinyGraph.QUERIES));
    assertThat(candidates.get(0)).isEqualTo(new Box(0, 0, 30, 20));
    assertThat(candidates.get(TinyGraph.QUERIES)).isEqualTo(new Box(0, 0, 60, 40));
  }

  @Test
  void matchesEveryPhraseWithEveryCandidate() {
    ImageFeatures features = model.encode(noise(60, 40));
    List<PhraseMatches> matches = model.match(features, alone("a dog", "a very red car"));

    assertThat(matches).hasSize(2);
    for (PhraseMatches ofPhrase : matches) {
      assertThat(ofPhrase.boxes()).hasSize(features.count());
      assertThat(ofPhrase.logits())
          .hasSize(features.count())
          .isSortedAccordingTo(Comparator.reverseOrder());
      assertThat(ofPhrase.boxes())
          .allSatisfy(box -> assertThat(box).isEqualTo(box.clampedTo(60, 40)));
    }
    assertThat(matches.get(0).logits()).isNotEqualTo(matches.get(1).logits());
  }

  @Test
  void aPhraseIsMatchedTheSameInAnyCompany() {
    ImageFeatures features = model.encode(noise(60, 40));
    List<Float> alone = model.match(features, alone("a dog")).get(0).logits();
    List<Float> together =
        model.match(features, alone("a very long red car", "a dog")).get(1).logits();

    for (int i = 0; i < alone.size(); i++) {
      assertThat(together.get(i)).isCloseTo(alone.get(i), within(1e-4f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TwoTowerMatcher.BIAS, ModelBundle.VOCABULARY, "projection.mean"})
  void refusesABundleThatLacksWeights(String name, @TempDir Path other) throws IOException {
    Map<String, Safetensors.Tensor> head = SmallBundle.head();
    head.remove(name);

    assertRefused(SmallBundle.write(other, head));
  }

  @Test
  void refusesWeightsOfAnotherShape(@TempDir Path other) throws IOException {
    Map<String, Safetensors.Tensor> head = SmallBundle.head();
    head.put(TwoTowerMatcher.BIAS, Safetensors.Tensor.of(new long[] {2}, new float[2]));

    assertRefused(SmallBundle.write(other, head));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void refusesWeightsThatAreNoNumbers(float value, @TempDir Path other) throws IOException {
    Map<String, Safetensors.Tensor> head = SmallBundle.head();
    head.put(TwoTowerMatcher.BIAS, Safetensors.Tensor.of(new long[] {1}, new float[] {value}));

    assertRefused(SmallBundle.write(other, head));
  }

  private static void assertRefused(Path bundle) {
    ModelBundle opened = ModelBundle.open(bundle);

    assertThatThrownBy(() -> GroundingModel.load(opened, Device.cpu()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("restore the folder");
  }
}
