package io.deixis.engine.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.engine.backbone.TorchScriptArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchGraphTest {

  private static final List<String> ORDER = List.of("input_ids", "pixel_values", "attention_mask");

  private static final String CODE =
      """
      class Asked(Module):
        __parameters__ = ["scale", ]
        __buffers__ = []
        training : bool
        scale : Tensor
        def forward(self: __torch__.Asked,
          input_ids: Tensor,
          %s: Tensor,
          input: Tensor) -> Dict[str, Tensor]:
          boxes = torch.mul(%s, self.scale)
          logits = torch.add(boxes, 1.)
          return {"pred_boxes": boxes, "logits": logits}
      """;

  @TempDir private Path folder;

  private Graph graph(String second) throws IOException {
    Path file = folder.resolve("model.pt");
    TorchScriptArchive.write(
        file,
        "Asked",
        CODE.formatted(second, second),
        List.of(new TorchScriptArchive.Weight("scale", 0, new float[] {2}, 1)));
    return Graph.load(file, ORDER);
  }

  @Test
  void inputsWithoutTellingNamesAreThoseOfTheLibraryInItsOrder() throws IOException {
    try (Graph graph = graph("argument_2")) {
      assertThat(graph.inputs().keySet()).containsExactlyElementsOf(ORDER);
    }
  }

  @Test
  void aDictionaryTellsWhatIsWhat() throws IOException {
    try (Graph graph = graph("pixel_values")) {
      Map<String, Tensor> given =
          graph.run(
              Map.of(
                  "input_ids", Tensor.of(new long[] {1}, 1),
                  "pixel_values", Tensor.of(new float[] {3}, 1),
                  "attention_mask", Tensor.of(new long[] {1}, 1)),
              List.of("logits", "pred_boxes"));

      assertThat(given.get("logits").floats()).containsExactly(7);
      assertThat(given.get("pred_boxes").floats()).containsExactly(6);
    }
  }
}
