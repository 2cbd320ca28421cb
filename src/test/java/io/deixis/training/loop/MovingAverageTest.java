package io.deixis.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.torch.TorchExtension;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class MovingAverageTest {

  @Test
  void movesTowardsTheWeights(NDManager manager) {
    NDArray weight = manager.create(new float[] {1, 10});
    weight.setRequiresGradient(true);
    MovingAverage average = new MovingAverage(Map.of("w", weight), 0.75f);

    weight.stopGradient().addi(4);
    assertThat(average.values().get("w")).containsExactly(1, 10);
    average.update();
    assertThat(average.values().get("w")).containsExactly(new float[] {2, 11}, within(1e-6f));
    average.update();
    assertThat(average.values().get("w"))
        .containsExactly(new float[] {2.75f, 11.75f}, within(1e-6f));
    assertThat(weight.toFloatArray()).containsExactly(5, 14);
  }

  @Test
  void keepsTheOrderOfTheWeights(NDManager manager) {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    for (String name : new String[] {"z", "a", "m", "b"}) {
      weights.put(name, manager.create(1f));
    }

    assertThat(new MovingAverage(weights, 0.5f).values().keySet())
        .containsExactly("z", "a", "m", "b");
  }

  @Test
  void shortTrainingsDecayFaster() {
    assertThat(MovingAverage.decay(.99f, 820)).isEqualTo(.99f);
    assertThat(MovingAverage.decay(.98f, 200)).isEqualTo(.98f);
    assertThat(MovingAverage.decay(.99f, 100)).isEqualTo(.96f);
    assertThat(MovingAverage.decay(.99f, 2)).isZero();
  }
}
