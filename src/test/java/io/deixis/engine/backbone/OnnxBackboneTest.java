package io.deixis.engine.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.onnx.OnnxFile;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.IdleProcessors;
import io.deixis.engine.torch.TorchExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TorchExtension.class)
class OnnxBackboneTest {

  private static final Path BUNDLE = Path.of("models/deixis-small");
  private static final Path ONNX = BUNDLE.resolve("backbone.onnx");
  private static final BackboneSpec SPEC = Architecture.STANDARD.backbone();

  @TempDir private Path folder;

  @Test
  void givesWhatTorchScriptGivesForABatchOfImages(NDManager manager) {
    Path graph = BUNDLE.resolve("backbone.pt");
    try (VisualBackbone torch = BackboneRuntime.PYTORCH.load(SPEC, graph, Device.cpu());
        VisualBackbone onnx = BackboneRuntime.ONNXRUNTIME.load(SPEC, graph, Device.cpu())) {
      Shape shape = new Shape(2, SPEC.input().height(), SPEC.input().width(), 3);
      // As an image comes: its axes in another order than its memory.
      NDArray images = manager.randomUniform(0, 1, shape, DataType.FLOAT32).transpose(0, 3, 1, 2);
      BackboneOutput expected = torch.forward(images, false);
      BackboneOutput actual = onnx.forward(images, false);
      agree(actual.boxes(), expected.boxes(), 1e-4);
      agree(actual.queries().orElseThrow(), expected.queries().orElseThrow(), 1e-2);
      agree(actual.classLogits().orElseThrow(), expected.classLogits().orElseThrow(), 1e-2);
      agree(actual.entityLogits().orElseThrow(), expected.entityLogits().orElseThrow(), 1e-2);
      assertThat(actual.maps().keySet()).isEqualTo(expected.maps().keySet());
      expected.maps().forEach((name, map) -> agree(actual.maps().get(name), map, 1e-3));
    }
  }

  @Test
  void givesTheSameWhetherAProcessorIsIdleOrNot(NDManager manager) {
    Shape shape = new Shape(1, 3, SPEC.input().height(), SPEC.input().width());
    NDArray image = manager.randomUniform(0, 1, shape, DataType.FLOAT32);
    Path graph = BUNDLE.resolve("backbone.pt");
    try (VisualBackbone onnx = BackboneRuntime.ONNXRUNTIME.load(SPEC, graph, Device.cpu())) {
      BackboneOutput onTwo = onnx.forward(image, false);
      List<IdleProcessors.Claim> all = new ArrayList<>();
      try {
        do {
          all.add(IdleProcessors.claim());
        } while (all.get(all.size() - 1).granted());
        BackboneOutput onOne = onnx.forward(image, false);
        assertThat(onOne.boxes().toFloatArray()).containsExactly(onTwo.boxes().toFloatArray());
        onOne
            .maps()
            .forEach(
                (name, map) ->
                    assertThat(map.toFloatArray())
                        .containsExactly(onTwo.maps().get(name).toFloatArray()));
      } finally {
        all.forEach(IdleProcessors.Claim::close);
      }
    }
  }

  private static void agree(NDArray actual, NDArray expected, double within) {
    assertThat(actual.getShape()).isEqualTo(expected.getShape());
    assertThat((double) actual.sub(expected).abs().max().getFloat()).isCloseTo(0, within(within));
  }

  @Test
  void isChosenOnACpuIfThereIsAGraphForIt() throws IOException {
    Path graph = folder.resolve("backbone.pt");
    TinyGraph.write(graph);

    try (VisualBackbone chosen = BackboneRuntime.AUTO.load(SPEC, graph, Device.cpu())) {
      assertThat(chosen).isInstanceOf(TorchScriptBackbone.class);
    }
    assertThatThrownBy(() -> BackboneRuntime.ONNXRUNTIME.load(SPEC, graph, Device.cpu()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("no graph for ONNX Runtime beside " + graph);
    try (VisualBackbone chosen =
        BackboneRuntime.AUTO.load(SPEC, BUNDLE.resolve("backbone.pt"), Device.cpu())) {
      assertThat(chosen).isInstanceOf(OnnxBackbone.class);
    }
  }

  @Test
  void refusesAGraphWhoseWeightsTheOtherLacks() throws IOException {
    Path graph = folder.resolve("backbone.pt");
    TinyGraph.write(graph);
    Files.copy(ONNX, folder.resolve("backbone.onnx"));

    assertThatThrownBy(() -> BackboneRuntime.AUTO.load(SPEC, graph, Device.cpu()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("wants a weight ")
        .hasMessageContaining("onnx_graph.py");
  }

  @Test
  void refusesAFileThatIsNoGraphAndOneToTrain() throws IOException {
    Path file = Files.writeString(folder.resolve("no.onnx"), "no graph");

    assertThatThrownBy(() -> OnnxBackbone.load(SPEC, file, Device.cpu(), false))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("does not read");
    assertThatThrownBy(() -> OnnxBackbone.load(SPEC, file, Device.cpu(), true))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cannot be trained");
  }

  @Test
  void findsTheGraphsOfTheName() throws IOException {
    for (String name :
        List.of("backbone.onnx", "backbone-trunk.onnx", "backbones.onnx", "backbone.json")) {
      Files.writeString(folder.resolve(name), "");
    }

    assertThat(BackboneRuntime.graphsBeside(folder.resolve("backbone.pt")))
        .containsExactly(folder.resolve("backbone-trunk.onnx"), folder.resolve("backbone.onnx"));
    assertThat(BackboneRuntime.graphsBeside(folder.resolve("none/backbone.pt"))).isEmpty();
  }

  @Test
  void readsWhichWeightsAGraphWants() throws IOException {
    byte[] model = Files.readAllBytes(ONNX);

    assertThat(OnnxFile.read(model).outside())
        .contains("b.p_onnx__Conv_2273", "n.p_onnx__MatMul_2372", "ent.weight")
        .doesNotHaveDuplicates();
    for (int cut : new int[] {1, model.length / 3, model.length - 1}) {
      byte[] part = Arrays.copyOf(model, cut);
      assertThatThrownBy(() -> OnnxFile.read(part)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> OnnxFile.read("no graph".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
  }
}
