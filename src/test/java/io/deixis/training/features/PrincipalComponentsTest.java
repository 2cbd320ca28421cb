package io.deixis.training.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.torch.TorchExtension;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class PrincipalComponentsTest {

  private static final int COUNT = 4000;

  /**
   * Draws about (1, -2, 3) with a standard deviation of 3 along (0.6, 0.8, 0), of 1 along (-0.8,
   * 0.6, 0) and of 0.2 along z.
   */
  private static float[] draw() {
    Random random = new Random(1);
    float[] vectors = new float[COUNT * 3];
    for (int i = 0; i < COUNT; i++) {
      double a = 3 * random.nextGaussian();
      double b = random.nextGaussian();
      vectors[i * 3] = (float) (1 + 0.6 * a - 0.8 * b);
      vectors[i * 3 + 1] = (float) (-2 + 0.8 * a + 0.6 * b);
      vectors[i * 3 + 2] = (float) (3 + 0.2 * random.nextGaussian());
    }
    return vectors;
  }

  @Test
  void findsTheAxesThatTheDataWereDrawnAlong(NDManager manager) {
    PrincipalComponents.Fit fit;
    try (PrincipalComponents components = new PrincipalComponents(manager, 3)) {
      components.add(manager.create(draw(), new Shape(COUNT, 3)));
      fit = components.fit(2);
    }

    assertThat(fit.mean()).containsExactly(new float[] {1, -2, 3}, within(0.15f));
    // row by row; each axis may point either way
    double firstSign = Math.signum(fit.basis()[0]);
    double firstScale = firstSign * (3 + 0.1);
    assertThat(fit.basis()[0] * firstScale).isCloseTo(0.6, within(0.03));
    assertThat(fit.basis()[2] * firstScale).isCloseTo(0.8, within(0.03));
    assertThat(fit.basis()[4] * firstScale).isCloseTo(0, within(0.03));
    double secondScale = -Math.signum(fit.basis()[1]) * (1 + 0.1);
    assertThat(fit.basis()[1] * secondScale).isCloseTo(-0.8, within(0.03));
    assertThat(fit.basis()[3] * secondScale).isCloseTo(0.6, within(0.03));
  }

  @Test
  void manyBatchesGiveWhatOneGives(NDManager manager) {
    float[] vectors = draw();
    try (PrincipalComponents whole = new PrincipalComponents(manager, 3);
        PrincipalComponents parts = new PrincipalComponents(manager, 3)) {
      whole.add(manager.create(vectors, new Shape(COUNT, 3)));
      for (int from = 0; from < COUNT; from += 500) {
        parts.add(
            manager.create(
                Arrays.copyOfRange(vectors, from * 3, (from + 500) * 3), new Shape(500, 3)));
      }

      assertThat(parts.fit(3).mean()).containsExactly(whole.fit(3).mean(), within(1e-4f));
      float[] expected = whole.fit(3).basis();
      float[] actual = parts.fit(3).basis();
      for (int i = 0; i < expected.length; i++) {
        assertThat(Math.abs(actual[i])).isCloseTo(Math.abs(expected[i]), within(1e-3f));
      }
    }
  }

  @Test
  void fewerVectorsThanNumbersHaveTheAxesOfTheSameVectorsTwice(NDManager manager) {
    float[] four = Arrays.copyOf(draw(), 4 * 6);
    try (PrincipalComponents few = new PrincipalComponents(manager, 6);
        PrincipalComponents twice = new PrincipalComponents(manager, 6)) {
      few.add(manager.create(four, new Shape(4, 6)));
      twice.add(manager.create(four, new Shape(4, 6)));
      twice.add(manager.create(four, new Shape(4, 6)));

      PrincipalComponents.Fit actual = few.fit(5);
      PrincipalComponents.Fit expected = twice.fit(5);
      assertThat(actual.mean()).containsExactly(expected.mean(), within(1e-5f));
      for (int i = 0; i < 6; i++) {
        for (int k = 0; k < 3; k++) {
          assertThat(Math.abs(actual.basis()[i * 5 + k]))
              .isCloseTo(Math.abs(expected.basis()[i * 5 + k]), within(1e-3f));
        }
        // Four vectors vary along three axes.
        assertThat(actual.basis()[i * 5 + 3]).isZero();
        assertThat(actual.basis()[i * 5 + 4]).isZero();
      }
    }
  }
}
