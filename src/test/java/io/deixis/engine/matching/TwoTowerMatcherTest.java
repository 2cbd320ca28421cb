package io.deixis.engine.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.torch.TorchExtension;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class TwoTowerMatcherTest {

  private static final MatcherType TYPE = Architecture.STANDARD.matcherType();
  private static final int WIDTH = 256;
  private static final int PIECES = 6;

  private final Map<String, float[]> weights = RandomWeights.of(PIECES, 1);
  private Matcher head;

  @BeforeEach
  void createHead(NDManager manager) {
    Map<String, NDArray> tensors = new HashMap<>();
    TYPE.shapes(PIECES)
        .forEach((name, shape) -> tensors.put(name, manager.create(weights.get(name), shape)));
    head = TYPE.create(tensors);
  }

  @Test
  void regionsGoThroughTheirTower(NDManager manager) {
    float[] region = random(750, 2);

    float[] actual = head.regions(manager.create(region, new Shape(1, 750)), 0).toFloatArray();

    assertThat(actual).containsExactly(tower("region", region), within(1e-4f));
  }

  @Test
  void phrasesGoThroughTheirTowerWithTheMeanOfTheirPieces(NDManager manager) {
    float[] sentence = random(384, 3);
    for (int i = 0; i < 384; i++) {
      sentence[i] /= 20; // about unit length, as sentences have
    }
    float[] context = sentence.clone();
    context[7] = -context[7];
    float[] input = new float[384 + 384 + 128];
    float[] embedding = weights.get(TwoTowerMatcher.PIECES);
    for (int i = 0; i < 384; i++) {
      input[i] = 10 * sentence[i];
      input[384 + i] = 10 * context[i];
    }
    for (int i = 0; i < 128; i++) {
      input[768 + i] = (embedding[2 * 128 + i] + embedding[5 * 128 + i]) / 2;
    }

    float[] actual =
        head.phrases(
                manager.create(sentence, new Shape(1, 384)),
                manager.create(context, new Shape(1, 384)),
                manager.create(new long[][] {{2, 5}}),
                manager.ones(new Shape(1, 2, 1)),
                0)
            .toFloatArray();

    assertThat(actual).containsExactly(tower("phrase", input), within(1e-4f));
  }

  @Test
  void paddingDoesNotChangeAPhrase(NDManager manager) {
    NDArray sentence = manager.create(random(384, 4), new Shape(1, 384));
    float[] plain =
        head.phrases(
                sentence,
                sentence,
                manager.create(new long[][] {{3, 1}}),
                manager.ones(new Shape(1, 2, 1)),
                0)
            .toFloatArray();

    float[] padded =
        head.phrases(
                sentence,
                sentence,
                manager.create(new long[][] {{3, 1, 4, 0}}),
                manager.create(new float[] {1, 1, 0, 0}, new Shape(1, 4, 1)),
                0)
            .toFloatArray();

    assertThat(padded).containsExactly(plain, within(1e-6f));
  }

  @Test
  void aPhraseWithoutPiecesHasAVector(NDManager manager) {
    NDArray vector =
        head.phrases(
            manager.create(random(384, 5), new Shape(1, 384)),
            manager.create(random(384, 6), new Shape(1, 384)),
            manager.create(new long[][] {{0}}),
            manager.zeros(new Shape(1, 1, 1)),
            0);

    for (float value : vector.toFloatArray()) {
      assertThat(value).isFinite();
    }
  }

  @Test
  void logitsAreScaledProductsAndTheRegionsOwn(NDManager manager) {
    float[] phrases = random(2 * 3 * WIDTH, 6);
    float[] regions = random(2 * 4 * WIDTH, 7);

    NDArray logits =
        head.match(
                manager.create(phrases, new Shape(2, 3, WIDTH)),
                manager.create(regions, new Shape(2, 4, WIDTH)),
                0)
            .logits();

    assertThat(logits.getShape()).isEqualTo(new Shape(2, 3, 4));
    float[] actual = logits.toFloatArray();
    float temperature = weights.get(TwoTowerMatcher.TEMPERATURE)[0];
    float bias = weights.get(TwoTowerMatcher.BIAS)[0];
    for (int b = 0; b < 2; b++) {
      for (int p = 0; p < 3; p++) {
        for (int n = 0; n < 4; n++) {
          double product = 0;
          double prior = 0;
          for (int i = 0; i < WIDTH; i++) {
            double region = regions[(b * 4 + n) * WIDTH + i];
            product += phrases[(b * 3 + p) * WIDTH + i] * region;
            prior += weights.get("match.region")[i] * region;
          }
          assertThat((double) actual[(b * 3 + p) * 4 + n])
              .isCloseTo(product / 16 * temperature + prior + bias, within(1e-4));
        }
      }
    }
  }

  @Test
  void offsetsAreLowRankProductsAndTheRegionsOwn(NDManager manager) {
    float[] phrases = random(2 * 3 * WIDTH, 8);
    float[] regions = random(2 * 4 * WIDTH, 9);

    NDArray offsets =
        head.offsets(
            manager.create(phrases, new Shape(2, 3, WIDTH)),
            manager.create(regions, new Shape(2, 4, WIDTH)));

    assertThat(offsets.getShape()).isEqualTo(new Shape(2, 3, 4, 4));
    float[] actual = offsets.toFloatArray();
    for (int b = 0; b < 2; b++) {
      for (int p = 0; p < 3; p++) {
        for (int n = 0; n < 4; n++) {
          for (int offset = 0; offset < 4; offset++) {
            double product = 0;
            for (int r = offset * 64; r < (offset + 1) * 64; r++) {
              product +=
                  column(phrases, b * 3 + p, TwoTowerMatcher.REFINE_PHRASE, r, 256)
                      * column(regions, b * 4 + n, "refine.region", r, 256);
            }
            double alone =
                column(regions, b * 4 + n, "refine.prior", offset, 4)
                    + weights.get("refine.bias")[offset];
            assertThat((double) actual[((b * 3 + p) * 4 + n) * 4 + offset])
                .isCloseTo(product / 8 + 0.1 * alone, within(1e-4));
          }
        }
      }
    }
  }

  /** The product of row {@code row} of vectors with one column of a weight [256, columns]. */
  private double column(float[] vectors, int row, String weight, int column, int columns) {
    double sum = 0;
    for (int i = 0; i < WIDTH; i++) {
      sum += vectors[row * WIDTH + i] * weights.get(weight)[i * columns + column];
    }
    return sum;
  }

  /** Dense, GELU (by its definition with erf), dense, layer norm. */
  private float[] tower(String name, float[] input) {
    double[] hidden = dense(name + ".hidden", toDouble(input), 512);
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] *= normalDistribution(hidden[i]);
    }
    double[] out = dense(name + ".out", hidden, WIDTH);
    double mean = 0;
    for (double value : out) {
      mean += value / WIDTH;
    }
    double variance = 0;
    for (double value : out) {
      variance += (value - mean) * (value - mean) / WIDTH;
    }
    float[] normed = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      double whitened = (out[i] - mean) / Math.sqrt(variance + 1e-5);
      normed[i] =
          (float)
              (whitened * weights.get(name + ".norm.weight")[i]
                  + weights.get(name + ".norm.bias")[i]);
    }
    return normed;
  }

  private double[] dense(String name, double[] input, int outputs) {
    float[] weight = weights.get(name + ".weight");
    double[] out = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      out[o] = weights.get(name + ".bias")[o];
      for (int i = 0; i < input.length; i++) {
        out[o] += weight[o * input.length + i] * input[i];
      }
    }
    return out;
  }

  /** The standard normal distribution function, by its series about 0. */
  private static double normalDistribution(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= -x * x / (2 * n);
      sum += term / (2 * n + 1);
    }
    return 0.5 + sum / Math.sqrt(2 * Math.PI);
  }

  private static double[] toDouble(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static float[] random(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void presenceIsOneNumberForAPhraseAndAnImageWhateverTheOrderOfRegions(NDManager manager) {
    NDArray phrases = manager.create(random(2 * 3 * WIDTH, 8), new Shape(2, 3, WIDTH));
    NDArray regions = manager.create(random(2 * 4 * WIDTH, 9), new Shape(2, 4, WIDTH));
    NDArray turned = regions.get(":, 1:").concat(regions.get(":, 0:1"), 1);

    NDArray presence = head.match(phrases, regions, 0).presence();
    NDArray ofTurned = head.match(phrases, turned, 0).presence();

    assertThat(presence.getShape()).isEqualTo(new Shape(2, 3, 1));
    assertThat(presence.toFloatArray())
        .containsExactly(ofTurned.toFloatArray(), within(1e-4f))
        .doesNotHaveDuplicates();
  }

  @Test
  void shapesFollowTheSizesOfTheirInputs() {
    Map<String, Shape> shapes = TYPE.shapes(5);

    assertThat(shapes.get(TwoTowerMatcher.PIECES)).isEqualTo(new Shape(5, 128));
    // a phrase's 384 numbers by itself and in its sentence, and the pieces' 128
    assertThat(shapes.get("phrase.hidden.weight")).isEqualTo(new Shape(512, 896));
    // a region's description
    assertThat(shapes.get("region.hidden.weight")).isEqualTo(new Shape(512, 750));
    assertThat(shapes.get("region.out.weight")).isEqualTo(new Shape(256, 512));
    assertThat(shapes.get(TwoTowerMatcher.REFINE_PHRASE)).isEqualTo(new Shape(256, 256));
    assertThat(shapes.get("refine.prior")).isEqualTo(new Shape(256, 4));
    assertThat(shapes.get("presence.hidden.weight")).isEqualTo(new Shape(128, 3 * 256));
    assertThat(shapes.get("presence.out")).isEqualTo(new Shape(128, 1));
  }
}
