package io.deixis.training.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.matching.TwoTowerMatcher;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.runlog.BatchSample;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.features.FeatureCache;
import io.deixis.training.loop.Plan;
import io.deixis.training.loop.Trainer;
import io.deixis.training.work.Checkpoints;
import io.deixis.training.work.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TorchExtension.class)
class MatchingStageTest {

  /** Nine images in batches of four: the last batch of each epoch has a single one. */
  private static final int IMAGES = 9;

  private static final MatcherType TYPE = Architecture.STANDARD.matcherType();

  /** What a training that is not killed ends with. */
  private static Map<String, float[]> uninterrupted;

  @TempDir private Path directory;
  private List<TrainingImage> images;
  private FeatureCache cache;
  private int runs;
  private PhraseTable table;

  @BeforeEach
  void makeUpFeatures(NDManager manager) throws IOException {
    images = SmallCache.write(directory, manager, IMAGES);
    cache = SmallCache.open(directory);
    table = SmallTable.of(directory.resolve("phrases"), SmallCache.phrases(images));
  }

  /** With a checkpoint after every second step of a training that is killed. */
  private Checkpoints checkpoints(String name) {
    return new Checkpoints(
        directory.resolve(name + ".checkpoint"),
        new Fingerprint().with("settings", name),
        name.equals("killed") ? 2 : 1000);
  }

  private static HeadSettings settings(int seed) {
    return new HeadSettings(
        new Plan(
            List.of(new Plan.Phase(5, 1e-3f, 0.1f), new Plan.Phase(2, 5e-4f, 0.1f)),
            4,
            100,
            5,
            0.99f,
            5,
            seed),
        8,
        2,
        1,
        0,
        new PositiveWeight(4),
        0,
        0,
        List.of());
  }

  private Map<String, float[]> train(int seed, TrainingListener listener) {
    return train(settings(seed), "run" + runs++, listener);
  }

  private Map<String, float[]> train(
      HeadSettings settings, String name, TrainingListener listener) {
    try (MatchingStage stage =
        new MatchingStage(
            MatchingStage.NAME,
            settings,
            TYPE,
            Map.of(),
            cache,
            table,
            List.of(images),
            new HeldOutRecall(TYPE, List.of(), cache, table, Device.cpu()),
            0,
            Device.cpu())) {
      return new Trainer(checkpoints(name), listener).fit(stage);
    }
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
    assertThat(steps.get(20).metrics())
        .containsKeys("refinement", "other images", "absence", "presence", "accuracy");
    TYPE.shapes(table.rows())
        .forEach((name, shape) -> assertThat(weights.get(name)).hasSize((int) shape.size()));
  }

  @Test
  void theSameSeedGivesTheSameWeights() {
    Map<String, float[]> first = train(1, TrainingListener.SILENT);
    Map<String, float[]> again = train(1, TrainingListener.SILENT);
    Map<String, float[]> other = train(2, TrainingListener.SILENT);

    assertThat(again.keySet()).containsExactlyElementsOf(first.keySet());
    first.forEach((name, values) -> assertThat(again.get(name)).isEqualTo(values));
    assertThat(other.get(TwoTowerMatcher.PIECES)).isNotEqualTo(first.get(TwoTowerMatcher.PIECES));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 15, 16, 21})
  void goesOnAfterAKillAsIfThereHadBeenNone(int step) {
    if (uninterrupted == null) {
      uninterrupted = train(1, TrainingListener.SILENT);
    }
    TrainingListener killer =
        progress -> {
          if (progress.done() == step) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(() -> train(settings(1), "killed", killer)).hasMessage("killed");

    Map<String, float[]> resumed = train(settings(1), "killed", TrainingListener.SILENT);

    assertThat(resumed.keySet()).containsExactlyElementsOf(uninterrupted.keySet());
    uninterrupted.forEach((name, values) -> assertThat(resumed.get(name)).isEqualTo(values));
  }

  @Test
  void oversamplingShowsInThePositiveRate() {
    List<TrainingListener.Progress> once = new ArrayList<>();
    List<TrainingListener.Progress> again = new ArrayList<>();
    train(settings(1), "once", once::add);
    train(
        settings(1).with(settings(1).plan(), new PositiveWeight(4), 1, List.of()),
        "again",
        again::add);

    assertThat(mean(once, 0, 21, "positive rate")).isLessThan(0.2);
    assertThat(mean(again, 0, 21, "positive rate")).isCloseTo(0.5, within(0.01));
  }

  @Test
  void takesSamplesOfBatches() {
    List<BatchSample> samples = new ArrayList<>();
    train(
        1,
        new TrainingListener() {
          @Override
          public void onStep(Progress progress) {}

          @Override
          public void onSample(BatchSample sample) {
            samples.add(sample);
          }
        });

    assertThat(samples).hasSize(1);
    assertThat(samples.get(0).step()).isEqualTo(1);
    assertThat(samples.get(0).image()).startsWith("image");
    assertThat(samples.get(0).phrases()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(samples.get(0).phrases())
        .allSatisfy(
            phrase -> {
              assertThat(phrase.best()).hasSize(3);
              assertThat(phrase.best().get(0).score())
                  .isGreaterThanOrEqualTo(phrase.best().get(1).score());
            });
  }

  private static double mean(
      List<TrainingListener.Progress> steps, int from, int to, String metric) {
    return steps.subList(from, to).stream()
        .mapToDouble(step -> step.metrics().get(metric))
        .average()
        .orElseThrow();
  }
}
