package io.deixis.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.work.Checkpoints;
import io.deixis.training.work.Fingerprint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TorchExtension.class)
class TrainerTest {

  @TempDir private Path folder;

  private record Number(String key) implements Stage.Example {}

  private record Guess(NDArray weight, NDArray truth) implements Forward {
    @Override
    public Map<String, NDArray> metrics() {
      return Map.of("accuracy", truth.sub(weight).abs().mean());
    }
  }

  private static final Plan PLAN =
      new Plan(
          List.of(new Plan.Phase(6, 0.5f, 0), new Plan.Phase(2, 0.1f, 0)), 3, 5, 5, 0.5f, 1, 1);

  /** Learns a number that is drawn with noise, ten times an epoch. */
  private static final class Toy extends Stage<Number, Guess> {

    private final NDArray weight;
    private final int patience;
    private final List<Map<String, float[]>> judged = new ArrayList<>();
    private final double[] recalls;

    private Toy(NDManager parent, int patience, double... recalls) {
      super("toy", PLAN, parent.newSubManager());
      this.weight = manager().create(new float[] {0});
      this.weight.setRequiresGradient(true);
      this.patience = patience;
      this.recalls = recalls;
    }

    @Override
    public List<WeightGroup> weights() {
      return List.of(new WeightGroup(Map.of("w", weight), 1, 0, true));
    }

    @Override
    public List<LossTerm<Guess>> terms() {
      return List.of(
          new LossTerm<>("distance", 2, guess -> guess.truth().sub(guess.weight()).square().mean()),
          new LossTerm<Guess>("size", 0.5f, guess -> guess.weight().square().mean()).times(0.1f));
    }

    @Override
    public List<Number> images(int epoch) {
      return IntStream.range(0, 10).mapToObj(i -> new Number("n" + i)).toList();
    }

    @Override
    public Batches<Number, Guess> batches(List<Number> order) {
      return (step, images, dropout, random) -> new Guess(weight, truth(step, images, random));
    }

    private static NDArray truth(NDManager step, List<Number> images, Random random) {
      float[] values = new float[images.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = 3 + (float) random.nextGaussian() / 10;
      }
      return step.create(values);
    }

    @Override
    public OptionalDouble heldOutRecall(Map<String, float[]> averages) {
      judged.add(averages);
      return recalls.length == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(recalls[judged.size() - 1]);
    }

    @Override
    public int patience() {
      return patience;
    }
  }

  private Map<String, float[]> fit(NDManager manager, String name, TrainingListener listener) {
    try (Toy toy = new Toy(manager, 0)) {
      return fit(toy, name, listener);
    }
  }

  /** Trains with a checkpoint after every second step. */
  private Map<String, float[]> fit(Toy toy, String name, TrainingListener listener) {
    Checkpoints checkpoints =
        new Checkpoints(folder.resolve(name), new Fingerprint().with("settings", name), 2);
    return new Trainer(checkpoints, listener).fit(toy);
  }

  private static TrainingListener killerAt(int step) {
    return progress -> {
      if (progress.done() == step) {
        throw new IllegalStateException("killed");
      }
    };
  }

  /** Keeps what it is told. */
  private static final class Told implements TrainingListener {

    private final List<Start> starts = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Epoch> epochs = new ArrayList<>();

    @Override
    public void onStep(Progress progress) {}

    @Override
    public void onStart(Start start) {
      starts.add(start);
    }

    @Override
    public void onTrainingStep(Step step) {
      steps.add(step);
    }

    @Override
    public void onEpoch(Epoch epoch) {
      epochs.add(epoch);
    }
  }

  @Test
  void tellsEachTermAndTheirSum(NDManager manager) {
    Told told = new Told();
    Map<String, float[]> weights = fit(manager, "whole", told);

    assertThat(weights.get("w")[0]).isCloseTo(3, within(0.3f));
    assertThat(told.starts)
        .containsExactly(new TrainingListener.Start("toy", 0, List.of("distance", "size")));
    assertThat(told.steps).hasSize(8 * 4);
    assertThat(told.steps)
        .allSatisfy(
            step -> {
              Map<String, Float> metrics = step.metrics();
              assertThat(metrics.keySet())
                  .containsExactly(
                      "loss", "distance", "size", "accuracy", "learning rate", "gradient");
              assertThat(metrics.get("loss"))
                  .isCloseTo(metrics.get("distance") + metrics.get("size"), within(1e-4f));
            });
    assertThat(told.steps.get(3).images()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 23, 24, 25, 32})
  void goesOnAfterAKillAsIfThereHadBeenNone(int step, NDManager manager) {
    Map<String, float[]> whole = fit(manager, "whole", TrainingListener.SILENT);
    assertThatThrownBy(() -> fit(manager, "killed", killerAt(step))).hasMessage("killed");

    assertThat(fit(manager, "killed", TrainingListener.SILENT).get("w"))
        .containsExactly(whole.get("w"));
  }

  @Test
  void judgesTheAverageAfterEachEpochAndKeepsTheLast(NDManager manager) {
    Told told = new Told();
    try (Toy toy = new Toy(manager, 0, .1, .3, .2, .1, .1, .1, .1, .1)) {
      Map<String, float[]> last = fit(toy, "judged", told);

      assertThat(told.epochs)
          .extracting(TrainingListener.Epoch::epoch)
          .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
      assertThat(told.epochs).extracting(TrainingListener.Epoch::recall).startsWith(.1, .3, .2);
      assertThat(toy.judged.get(7).get("w")).containsExactly(last.get("w"));
    }
  }

  @Test
  void stopsWithTheBestEpochWhenOthersAreNoBetter(NDManager manager) {
    try (Toy toy = new Toy(manager, 2, .1, .3, .2, .3, .9)) {
      Map<String, float[]> best = fit(toy, "early", TrainingListener.SILENT);

      assertThat(toy.judged).hasSize(4);
      assertThat(best.get("w")).containsExactly(toy.judged.get(1).get("w"));
    }
  }

  @Test
  void remembersTheBestEpochOverAKill(NDManager manager) {
    List<Map<String, float[]>> judged = new ArrayList<>();
    try (Toy toy = new Toy(manager, 2, .1, .3)) {
      assertThatThrownBy(() -> fit(toy, "killed", killerAt(10))).hasMessage("killed");
      judged.addAll(toy.judged);
    }
    try (Toy toy = new Toy(manager, 2, .2, .2, .9)) {
      Map<String, float[]> best = fit(toy, "killed", TrainingListener.SILENT);

      assertThat(judged).hasSize(2);
      assertThat(toy.judged).hasSize(2);
      assertThat(best.get("w")).containsExactly(judged.get(1).get("w"));
    }
  }
}
