package io.deixis.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.torch.TorchExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class LossesTest {

  private static final float[] LOGITS = {-8, -1.5f, -0.01f, 0, 0.3f, 2, 9};

  @Test
  void softplusAgreesWithItsDefinition(NDManager manager) {
    float[] actual = Losses.softplus(manager.create(LOGITS)).toFloatArray();

    for (int i = 0; i < LOGITS.length; i++) {
      assertThat((double) actual[i]).isCloseTo(Math.log1p(Math.exp(LOGITS[i])), within(1e-6));
    }
  }

  @Test
  void softplusOfLargeNumbersIsFinite(NDManager manager) {
    assertThat(Losses.softplus(manager.create(new float[] {-1e4f, 1e4f, 3e38f})).toFloatArray())
        .containsExactly(0, 1e4f, 3e38f);
  }

  @Test
  void crossEntropyAgreesWithItsDefinition(NDManager manager) {
    float[] targets = {0, 1, 0.5f, 0.25f, 0, 1, 0.9f};

    float[] actual =
        Losses.binaryCrossEntropy(manager.create(LOGITS), manager.create(targets)).toFloatArray();

    for (int i = 0; i < LOGITS.length; i++) {
      double probability = 1 / (1 + Math.exp(-LOGITS[i]));
      double expected =
          -targets[i] * Math.log(probability) - (1 - targets[i]) * Math.log1p(-probability);
      assertThat((double) actual[i]).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void crossEntropyOfLargeLogitsIsFinite(NDManager manager) {
    NDArray logits = manager.create(new float[] {1e4f, 1e4f, -1e4f, -1e4f});
    NDArray targets = manager.create(new float[] {1, 0, 1, 0});

    assertThat(Losses.binaryCrossEntropy(logits, targets).toFloatArray())
        .containsExactly(0, 1e4f, 1e4f, 0);
  }
}
