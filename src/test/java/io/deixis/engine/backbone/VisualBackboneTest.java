package io.deixis.engine.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.TorchExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TorchExtension.class)
class VisualBackboneTest {

  private static final BackboneSpec SPEC = Architecture.STANDARD.backbone();

  @TempDir private Path folder;

  private VisualBackbone load(boolean trainable) throws IOException {
    TinyGraph.write(folder.resolve("tiny.pt"));
    return VisualBackbone.load(SPEC, folder.resolve("tiny.pt"), Device.cpu(), trainable);
  }

  @Test
  void givesMapsOfABatchAndOfEachImage(NDManager manager) throws IOException {
    NDArray dark = manager.ones(new Shape(1, 3, 416, 416)).mul(.25f);
    NDArray bright = manager.ones(new Shape(1, 3, 416, 416)).mul(.75f);
    try (VisualBackbone backbone = load(false)) {
      BackboneOutput maps = backbone.forward(dark.concat(bright, 0), false);

      assertThat(maps.boxes().getShape()).isEqualTo(new Shape(2, TinyGraph.QUERIES, 4));
      assertThat(maps.entityLogits().orElseThrow().getShape())
          .isEqualTo(new Shape(2, TinyGraph.QUERIES, 9));
      BackboneOutput second = maps.image(1);
      assertThat(second.classLogits().orElseThrow().getShape())
          .isEqualTo(new Shape(TinyGraph.QUERIES, 80));
      assertThat(second.queries().orElseThrow().getShape())
          .isEqualTo(new Shape(TinyGraph.QUERIES, 96));
      assertThat(second.maps().get("f8").getShape()).isEqualTo(new Shape(256, 52, 52));
      assertThat(second.maps().get("f16").getShape()).isEqualTo(new Shape(512, 26, 26));
      assertThat(second.maps().get("p16").getShape()).isEqualTo(new Shape(96, 26, 26));
      assertThat(second.maps().get("p32").getShape()).isEqualTo(new Shape(96, 13, 13));
      assertThat(second.maps().get("f8").get("1, 0, 0").getFloat())
          .isCloseTo((float) (.75 * Math.sin(1)), within(1e-5f));
    }
  }

  @Test
  void namesItsWeightsInTheGraphsOrder() throws IOException {
    try (VisualBackbone backbone = load(true)) {
      assertThat(backbone.weights().keySet()).containsExactly(TinyGraph.BOXES, TinyGraph.SCALE);
      assertThat(backbone.weights().get(TinyGraph.BOXES).getShape()).isEqualTo(new Shape(4, 4));
    }
  }

  @Test
  void knowsAGraphOfItsArchitecture() throws IOException {
    try (VisualBackbone backbone = load(false)) {
      assertThatCode(() -> backbone.verify(folder.resolve("tiny.pt"))).doesNotThrowAnyException();
    }
  }

  @Test
  void refusesGraphsOfAnotherArchitecture() throws IOException {
    Path outputs = folder.resolve("outputs.pt");
    Path input = folder.resolve("input.pt");
    TinyGraph.writeOfOtherOutputs(outputs);
    TinyGraph.writeOfOtherInput(input);

    for (Path graph : List.of(outputs, input)) {
      try (VisualBackbone backbone = VisualBackbone.load(SPEC, graph, Device.cpu(), false)) {
        assertThatThrownBy(() -> backbone.verify(graph))
            .isInstanceOf(EngineException.class)
            .hasMessageContaining(graph + " is of another architecture");
      }
    }
  }

  @Test
  void refusesAFileThatIsNoGraph() throws IOException {
    Path file = Files.writeString(folder.resolve("no.pt"), "no graph");

    assertThatThrownBy(() -> VisualBackbone.load(SPEC, file, Device.cpu(), false))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("not a TorchScript graph");
    assertThatThrownBy(
            () -> VisualBackbone.load(SPEC, folder.resolve("none.pt"), Device.cpu(), false))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("none.pt");
  }
}
