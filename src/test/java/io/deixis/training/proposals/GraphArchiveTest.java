package io.deixis.training.proposals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.backbone.TinyGraph;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.training.work.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TorchExtension.class)
class GraphArchiveTest {

  private static final BackboneSpec SPEC = Architecture.STANDARD.backbone();

  @TempDir private Path folder;
  private Path source;
  private Path target;

  @BeforeEach
  void writeGraph() throws IOException {
    source = folder.resolve("source.pt");
    target = folder.resolve("new/target.pt");
    TinyGraph.write(source);
  }

  @Test
  void writesNewValuesAndKeepsOtherWeights(NDManager manager) {
    float[] boxes = new float[16];
    Arrays.fill(boxes, .25f);

    GraphArchive.write(SPEC, source, Device.cpu(), Map.of(TinyGraph.BOXES, boxes), target);

    try (VisualBackbone before = VisualBackbone.load(SPEC, source, Device.cpu(), true);
        VisualBackbone after = VisualBackbone.load(SPEC, target, Device.cpu(), true)) {
      assertThat(after.weights().get(TinyGraph.BOXES).toFloatArray()).containsExactly(boxes);
      assertThat(after.weights().get(TinyGraph.SCALE).toFloatArray())
          .containsExactly(before.weights().get(TinyGraph.SCALE).toFloatArray());
      assertThat(
              after.forward(manager.ones(new Shape(1, 3, 416, 416)), false).boxes().toFloatArray())
          .containsExactly(boxes);
    }
  }

  @Test
  void roundsWhatIsKeptInHalfPrecision() {
    BackboneSpec.Weights weights =
        new BackboneSpec.Weights(List.of(), List.of(), List.of(TinyGraph.SCALE));
    BackboneSpec half =
        new BackboneSpec(
            SPEC.format(),
            SPEC.input(),
            SPEC.outputs(),
            SPEC.maps(),
            SPEC.querySize(),
            SPEC.classes(),
            SPEC.entityTypes(),
            SPEC.regions(),
            SPEC.words(),
            weights);
    float[] scale = new float[512];
    Arrays.fill(scale, .1f);
    float[] boxes = new float[16];
    Arrays.fill(boxes, .1f);

    GraphArchive.write(
        half, source, Device.cpu(), Map.of(TinyGraph.SCALE, scale, TinyGraph.BOXES, boxes), target);

    try (VisualBackbone after = VisualBackbone.load(SPEC, target, Device.cpu(), true)) {
      assertThat(after.weights().get(TinyGraph.SCALE).toFloatArray())
          .containsOnly(Safetensors.halved(.1f));
      assertThat(after.weights().get(TinyGraph.BOXES).toFloatArray()).containsOnly(.1f);
    }
    assertThat(half.inFullPrecision().weights().half()).isEmpty();
  }

  @Test
  void theSameValuesGiveTheSameBytes() {
    Map<String, float[]> values = Map.of(TinyGraph.SCALE, new float[512]);
    Path again = folder.resolve("again.pt");

    GraphArchive.write(SPEC, source, Device.cpu(), values, target);
    GraphArchive.write(SPEC, source, Device.cpu(), values, again);

    assertThat(again).hasSameBinaryContentAs(target);
  }

  @Test
  void refusesAGraphThatStoresItsTensorsInAnotherOrder() throws IOException {
    TinyGraph.writeDisordered(source);

    assertThatThrownBy(() -> GraphArchive.write(SPEC, source, Device.cpu(), Map.of(), target))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("another order");
    assertThat(target).doesNotExist();
  }
}
