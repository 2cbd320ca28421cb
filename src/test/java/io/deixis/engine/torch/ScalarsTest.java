package io.deixis.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalarsTest {

  @Test
  void multiplies() {
    TorchEngine.start(1);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      assertThat(times(manager.create(new float[] {1, -2}), 3).toFloatArray())
          .containsExactly(3, -6);
    }
  }

  @Test
  void theBackwardPassStillKnowsTheFactorAfterAGarbageCollection() {
    TorchEngine.start(1);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray x = manager.create(new float[] {1, -2});
      x.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray sum = times(x, 3).sum();
        System.gc();
        collector.backward(overwritten(sum));
      }
      assertThat(x.getGradient().toFloatArray()).containsExactly(3, 3);
    }
  }

  private static NDArray times(NDArray array, float factor) {
    return array.mul(Scalars.of(array, factor));
  }

  /** Takes the small pieces of native memory that a collection may just have given back. */
  private static NDArray overwritten(NDArray result) {
    List<ByteBuffer> taken = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(8);
      buffer.putLong(0, 0x7f7f7f7f7f7f7f7fL);
      taken.add(buffer);
    }
    assertThat(taken).hasSize(10_000);
    return result;
  }
}
