package io.deixis.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.torch.TorchExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class WeightsTest {

  @Test
  void overwritesTensorsInPlace(NDManager manager) {
    NDArray plain = manager.zeros(new Shape(2, 2));
    NDArray trained = manager.ones(new Shape(3));
    trained.setRequiresGradient(true);
    Map<String, NDArray> tensors = Map.of("plain", plain, "trained", trained);
    Map<String, float[]> values =
        Map.of("plain", new float[] {1, -0f, 3, 4}, "trained", new float[] {5, 6, 7});

    Weights.restore(tensors, values);

    assertThat(plain.toFloatArray()).containsExactly(1, -0f, 3, 4);
    assertThat(trained.toFloatArray()).containsExactly(5, 6, 7);
    assertThat(trained.hasGradient()).isTrue();
    assertThat(Weights.values(tensors)).containsAllEntriesOf(values);
  }

  @Test
  void refusesNumbersOfAnotherSize(NDManager manager) {
    Map<String, NDArray> tensors = Map.of("weight", manager.zeros(new Shape(2, 2)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Weights.restore(tensors, Map.of("weight", new float[3])))
        .withMessageContaining("weight");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Weights.restore(tensors, Map.of("other", new float[4])));
  }
}
