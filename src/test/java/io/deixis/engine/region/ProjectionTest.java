package io.deixis.engine.region;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.deixis.engine.torch.TorchExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class ProjectionTest {

  @Test
  void takesOffTheMeanBeforeItProjects(NDManager manager) {
    Projection projection =
        new Projection(
            manager.create(new float[] {1, 2, 3}),
            manager.create(new float[][] {{1, 0}, {0, 2}, {0, 1}}));

    assertThat(
            projection.apply(manager.create(new float[][] {{1, 2, 3}, {4, 4, 0}})).toFloatArray())
        .containsExactly(0, 0, 3, 1);
  }
}
