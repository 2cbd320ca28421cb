package io.deixis.training.proposals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.backbone.TinyGraph;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.loop.Plan;
import io.deixis.training.loop.Trainer;
import io.deixis.training.work.Checkpoints;
import io.deixis.training.work.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProposalStageTest {

  private static final BackboneSpec SPEC = Architecture.STANDARD.backbone();

  private static final ProposalSettings SETTINGS =
      new ProposalSettings(
          5, new Plan(List.of(new Plan.Phase(2, 1e-2f, 0)), 2, 50, 1, 0.98f, 1, 7), 1);

  @TempDir private Path folder;
  private GroundingDataset data;
  private Path start;

  @BeforeEach
  void makeData() throws IOException {
    TorchEngine.start(1);
    new SyntheticDataset(5, 0, 0, 1).write(folder.resolve("data"));
    data = DatasetFormat.open(folder.resolve("data"));
    start = folder.resolve("start.pt");
    TinyGraph.write(start);
  }

  /** With a checkpoint after every second step. */
  private Checkpoints checkpoints(String name) {
    return new Checkpoints(
        folder.resolve(name + ".checkpoint"), new Fingerprint(Map.of("settings", name)), 2);
  }

  private Path train(String name, TrainingListener listener) {
    Path target = folder.resolve(name);
    try (ProposalStage stage =
        new ProposalStage(
            data,
            SETTINGS,
            data.split("train"),
            VisualBackbone.load(SPEC, start, Device.cpu(), true))) {
      Map<String, float[]> weights = new Trainer(checkpoints(name), listener).fit(stage);
      GraphArchive.write(SPEC, start, Device.cpu(), weights, target);
    }
    return target;
  }

  private static Map<String, List<Float>> weights(Path graph) {
    Map<String, List<Float>> weights = new TreeMap<>();
    try (VisualBackbone backbone = VisualBackbone.load(SPEC, graph, Device.cpu(), true)) {
      backbone
          .weights()
          .forEach(
              (name, weight) -> {
                List<Float> values = new ArrayList<>();
                for (float value : weight.toFloatArray()) {
                  values.add(value);
                }
                weights.put(name, values);
              });
    }
    return weights;
  }

  @Test
  void movesEveryWeightAndTellsOfEachStep() {
    List<TrainingListener.Progress> steps = new ArrayList<>();
    Map<String, List<Float>> before = weights(start);
    Map<String, List<Float>> after = weights(train("trained.pt", steps::add));

    assertThat(after.get(TinyGraph.BOXES)).isNotEqualTo(before.get(TinyGraph.BOXES));
    assertThat(after.get(TinyGraph.SCALE)).isNotEqualTo(before.get(TinyGraph.SCALE));
    assertThat(after.values())
        .allSatisfy(values -> assertThat(values).allSatisfy(value -> assertThat(value).isFinite()));
    // five images in batches of two, twice
    assertThat(steps)
        .extracting(TrainingListener.Progress::done)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(steps)
        .allSatisfy(
            step ->
                assertThat(step.metrics())
                    .containsKeys("loss", "box", "entity", "map", "gradient"));
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    Path first = train("first.pt", TrainingListener.SILENT);
    Path again = train("again.pt", TrainingListener.SILENT);

    assertThat(again).hasSameBinaryContentAs(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6})
  void goesOnAfterAKillAsIfThereHadBeenNone(int step) {
    Path uninterrupted = train("uninterrupted.pt", TrainingListener.SILENT);
    TrainingListener killer =
        progress -> {
          if (progress.done() == step) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(() -> train("resumed.pt", killer)).hasMessage("killed");

    assertThat(train("resumed.pt", TrainingListener.SILENT)).hasSameBinaryContentAs(uninterrupted);
  }

  @Test
  void saysWhichImageIsMissing() throws IOException {
    String id = data.split("train").get(0);
    Files.delete(data.image(id));

    assertThatThrownBy(() -> train("trained.pt", TrainingListener.SILENT))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(id)
        .hasMessageContaining("missing");
  }
}
