package io.deixis.training.matching;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.matching.HeadWeights;
import io.deixis.engine.phrase.SentenceEncoder;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.training.features.FeatureCache;
import io.deixis.training.monitor.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TorchExtension.class)
class HeadTrainingTest {

  /** Nine images in batches of four: the last batch of each epoch has a single one. */
  private static final int IMAGES = 9;

  @TempDir private Path directory;
  private List<TrainingImage> images;
  private FeatureCache cache;
  private PhraseTable table;

  @BeforeEach
  void makeUpFeatures(NDManager manager) throws IOException {
    images = SmallCache.write(directory, manager, IMAGES);
    cache = SmallCache.open(directory);
    try (SentenceEncoder encoder = SentenceEncoder.load(Device.cpu())) {
      table = PhraseTable.encode(encoder, List.of("a dog", "a red car"), TrainingListener.SILENT);
    }
  }

  private static HeadSettings settings(int seed) {
    return new HeadSettings(
        List.of(
            new HeadSettings.Phase(5, 1e-3f, 0.1f, false),
            new HeadSettings.Phase(2, 5e-4f, 0.1f, true)),
        4,
        8,
        2,
        1,
        4,
        seed);
  }

  private Map<String, float[]> train(int seed, TrainingListener listener) {
    return new HeadTraining(settings(seed), cache, table, listener)
        .run(List.of(images), Device.cpu(), (epoch, weights) -> {});
  }

  @Test
  void learnsWhatTheFeaturesShow() {
    List<TrainingListener.Progress> steps = new ArrayList<>();
    Map<String, float[]> weights = train(1, steps::add);

    assertThat(steps).hasSize(21);
    assertThat(steps.get(20).done()).isEqualTo(21);
    assertThat(steps.get(20).total()).isEqualTo(21);
    assertThat(mean(steps, 12, 15, "ranking")).isLessThan(0.5 * mean(steps, 0, 3, "ranking"));
    assertThat(mean(steps, 12, 15, "pairs")).isLessThan(mean(steps, 0, 3, "pairs"));
    assertThat(steps.get(0).figures()).doesNotContainKey("foreign");
    assertThat(steps.get(20).figures()).containsKey("foreign");
    HeadWeights.shapes(table.rows())
        .forEach((name, shape) -> assertThat(weights.get(name)).hasSize((int) shape.size()));
  }

  @Test
  void theSameSeedGivesTheSameWeights() {
    Map<String, float[]> first = train(1, TrainingListener.SILENT);
    Map<String, float[]> again = train(1, TrainingListener.SILENT);
    Map<String, float[]> other = train(2, TrainingListener.SILENT);

    assertThat(again.keySet()).containsExactlyElementsOf(first.keySet());
    first.forEach((name, values) -> assertThat(again.get(name)).isEqualTo(values));
    assertThat(other.get(HeadWeights.PIECES)).isNotEqualTo(first.get(HeadWeights.PIECES));
  }

  @Test
  void tellsTheWeightsAfterEachEpoch() {
    List<Integer> epochs = new ArrayList<>();
    List<Map<String, float[]>> weights = new ArrayList<>();
    Map<String, float[]> last =
        new HeadTraining(settings(1), cache, table, TrainingListener.SILENT)
            .run(
                List.of(images.subList(0, 4)),
                Device.cpu(),
                (epoch, averages) -> {
                  epochs.add(epoch);
                  weights.add(averages);
                });

    assertThat(epochs).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(weights.get(6).get(HeadWeights.PIECES)).isEqualTo(last.get(HeadWeights.PIECES));
  }

  private static double mean(
      List<TrainingListener.Progress> steps, int from, int to, String figure) {
    return steps.subList(from, to).stream()
        .mapToDouble(step -> step.figures().get(figure))
        .average()
        .orElseThrow();
  }
}
