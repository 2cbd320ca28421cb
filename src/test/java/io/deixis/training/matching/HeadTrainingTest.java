package io.deixis.training.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.matching.TwoTowerMatcher;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.runlog.BatchSample;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.checkpoint.Checkpoints;
import io.deixis.training.checkpoint.Fingerprint;
import io.deixis.training.features.FeatureCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TorchExtension.class)
class HeadTrainingTest {

  /** Nine images in batches of four: the last batch of each epoch has a single one. */
  private static final int IMAGES = 9;

  private static final MatcherType TYPE = Architecture.STANDARD.matcherType();

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

  /** With a checkpoint after every second step. */
  private Checkpoints checkpoints(String name) {
    return new Checkpoints(
        directory.resolve(name + ".checkpoint"), new Fingerprint(Map.of("settings", name)), 2);
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
        0,
        4,
        seed);
  }

  private Map<String, float[]> train(int seed, TrainingListener listener) {
    return new HeadTraining(settings(seed), TYPE, cache, table, listener)
        .run(List.of(images), Device.cpu(), checkpoints("run" + runs++), Validation.NONE);
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
    assertThat(steps.get(0).figures()).doesNotContainKey("absent");
    assertThat(steps.get(20).figures()).containsKey("absent");
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

  /** Tells recalls in turn and keeps the weights it was shown. */
  private static final class Judge {

    private final List<Map<String, float[]>> shown = new ArrayList<>();
    private final double[] recalls;

    private Judge(double... recalls) {
      this.recalls = recalls;
    }

    private OptionalDouble recall(Map<String, float[]> weights) {
      shown.add(weights);
      return OptionalDouble.of(recalls[shown.size() - 1]);
    }
  }

  @Test
  void judgesTheAverageAfterEachEpochAndKeepsTheLast() {
    Judge judge = new Judge(.1, .3, .2, .1, .1, .1, .1);
    List<TrainingListener.Epoch> epochs = new ArrayList<>();
    Map<String, float[]> last =
        new HeadTraining(settings(1), TYPE, cache, table, epochsTo(epochs))
            .run(
                List.of(images.subList(0, 4)),
                Device.cpu(),
                checkpoints("judged"),
                new Validation(judge::recall, 0));

    assertThat(epochs)
        .extracting(TrainingListener.Epoch::epoch)
        .containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(epochs).extracting(TrainingListener.Epoch::recall).startsWith(.1, .3, .2);
    assertThat(judge.shown.get(6)).containsAllEntriesOf(last);
  }

  @Test
  void stopsWithTheBestEpochWhenOthersAreNoBetter() {
    Judge judge = new Judge(.1, .3, .2, .3, .9);
    Map<String, float[]> best =
        new HeadTraining(settings(1), TYPE, cache, table, TrainingListener.SILENT)
            .run(
                List.of(images),
                Device.cpu(),
                checkpoints("stopped early"),
                new Validation(judge::recall, 2));

    assertThat(judge.shown).hasSize(4);
    assertThat(best).isEqualTo(judge.shown.get(1));
  }

  private static TrainingListener epochsTo(List<TrainingListener.Epoch> epochs) {
    return new TrainingListener() {
      @Override
      public void onStep(Progress progress) {}

      @Override
      public void onEpoch(Epoch epoch) {
        epochs.add(epoch);
      }
    };
  }

  /** Stops the training as a kill would: after a step, before its checkpoint. */
  private static final class Killed extends RuntimeException {}

  private static TrainingListener killerAt(int step) {
    return progress -> {
      if (progress.done() == step) {
        throw new Killed();
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9, 10, 15, 16, 17, 21})
  void goesOnAfterAKillAsIfThereHadBeenNone(int step) {
    Map<String, float[]> uninterrupted = train(1, TrainingListener.SILENT);
    Checkpoints checkpoints = checkpoints("killed");
    assertThatThrownBy(
            () ->
                new HeadTraining(settings(1), TYPE, cache, table, killerAt(step))
                    .run(List.of(images), Device.cpu(), checkpoints, Validation.NONE))
        .isInstanceOf(Killed.class);

    Map<String, float[]> resumed =
        new HeadTraining(settings(1), TYPE, cache, table, TrainingListener.SILENT)
            .run(List.of(images), Device.cpu(), checkpoints, Validation.NONE);

    assertThat(resumed.keySet()).containsExactlyElementsOf(uninterrupted.keySet());
    uninterrupted.forEach((name, values) -> assertThat(resumed.get(name)).isEqualTo(values));
  }

  @Test
  void remembersTheBestEpochOverAKill() {
    Checkpoints checkpoints = checkpoints("killed");
    Judge judge = new Judge(.1, .3, .2, .2, .9);
    assertThatThrownBy(
            () ->
                new HeadTraining(settings(1), TYPE, cache, table, killerAt(8))
                    .run(
                        List.of(images),
                        Device.cpu(),
                        checkpoints,
                        new Validation(judge::recall, 2)))
        .isInstanceOf(Killed.class);
    Map<String, float[]> best =
        new HeadTraining(settings(1), TYPE, cache, table, TrainingListener.SILENT)
            .run(List.of(images), Device.cpu(), checkpoints, new Validation(judge::recall, 2));

    assertThat(judge.shown).hasSize(4);
    TYPE.shapes(table.rows())
        .keySet()
        .forEach(name -> assertThat(best.get(name)).isEqualTo(judge.shown.get(1).get(name)));
  }

  @Test
  void looksIntoABatch() {
    List<BatchSample> looks = new ArrayList<>();
    train(
        1,
        new TrainingListener() {
          @Override
          public void onStep(Progress progress) {}

          @Override
          public void onSample(BatchSample look) {
            looks.add(look);
          }
        });

    assertThat(looks).hasSize(1);
    assertThat(looks.get(0).step()).isEqualTo(1);
    assertThat(looks.get(0).image()).startsWith("image");
    assertThat(looks.get(0).phrases()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(looks.get(0).phrases())
        .allSatisfy(
            phrase -> {
              assertThat(phrase.best()).hasSize(3);
              assertThat(phrase.best().get(0).score())
                  .isGreaterThanOrEqualTo(phrase.best().get(1).score());
            });
  }

  private static double mean(
      List<TrainingListener.Progress> steps, int from, int to, String figure) {
    return steps.subList(from, to).stream()
        .mapToDouble(step -> step.figures().get(figure))
        .average()
        .orElseThrow();
  }
}
