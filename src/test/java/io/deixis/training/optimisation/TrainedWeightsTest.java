package io.deixis.training.optimisation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.training.checkpoint.Checkpoint;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class TrainedWeightsTest {

  private static TrainedWeights startingAt(NDManager manager, float value) {
    NDArray weight = manager.create(new float[] {value, 2 * value});
    weight.setRequiresGradient(true);
    Map<String, NDArray> weights = Map.of("w", weight);
    AdamW optimiser = new AdamW(1);
    optimiser.add(weights, 1, 0);
    return new TrainedWeights(weights, optimiser, new MovingAverage(weights, 0.5f));
  }

  private static void step(TrainedWeights trained) {
    NDArray weight = trained.weights().get("w");
    try (GradientCollector collector = Engine.getEngine(TorchEngine.NAME).newGradientCollector()) {
      collector.backward(weight.square().sum());
    }
    trained.optimiser().step(0.1f);
    trained.average().update();
  }

  @Test
  void goesOnFromACheckpointAsIfItHadNotStopped(NDManager manager) {
    TrainedWeights whole = startingAt(manager, 3);
    step(whole);
    Checkpoint checkpoint = whole.checkpoint(4, 7);
    step(whole);

    TrainedWeights resumed = startingAt(manager, 100);
    resumed.restore(checkpoint);
    step(resumed);

    assertThat(resumed.weights().get("w").toFloatArray())
        .containsExactly(whole.weights().get("w").toFloatArray());
    assertThat(resumed.average().values().get("w"))
        .containsExactly(whole.average().values().get("w"));
    assertThat(resumed.optimiser().steps()).isEqualTo(2);
  }

  @Test
  void notesPositionAndWhatTheStageAdds(NDManager manager) {
    Map<String, float[]> best = Map.of("w", new float[] {1});

    Checkpoint checkpoint =
        startingAt(manager, 3).checkpoint(4, 7, Map.of("best", best), Map.of("recall", "0.5"));

    assertThat(checkpoint.epoch()).isEqualTo(4);
    assertThat(checkpoint.batch()).isEqualTo(7);
    assertThat(checkpoint.tensors()).containsEntry("best", best);
    assertThat(checkpoint.notes()).containsEntry("recall", "0.5");
  }
}
