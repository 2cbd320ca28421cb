package io.deixis.engine.backbone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deixis.engine.phrase.HashedWords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A TorchScript archive with the inputs and outputs of a backbone and next to nothing in between:
 * four fixed proposals, and maps that are the image's brightness times a weight for each channel.
 */
public final class TinyGraph {

  /** Proposals of an image. */
  public static final int QUERIES = 4;

  /** The weight that holds the proposals [4, 4], in normalised coordinates. */
  public static final String BOXES = "boxes";

  /** The weight with a factor for each channel [512]. */
  public static final String SCALE = "scale";

  private static final float[] PROPOSALS = {
    0, 0, .5f, .5f, .5f, 0, 1, .5f, .1f, .5f, .4f, .9f, .4f, .4f, .9f, .8f
  };

  private static final String CODE =
      """
      class Tiny(Module):
        __parameters__ = ["boxes", "scale", ]
        __buffers__ = []
        training : bool
        boxes : Tensor
        scale : Tensor
        def forward(self: __torch__.Tiny,
          x: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
          grey = torch.mean(x, [1], True)
          light = torch.reshape(torch.mean(x, [1, 2, 3]), [-1, 1, 1])
          scale = torch.reshape(self.scale, [1, 512, 1, 1])
          row = torch.reshape(self.scale, [1, 1, 512])
          boxes = torch.add(torch.unsqueeze(self.boxes, 0), torch.mul(light, 0.))
          place = torch.sum(boxes, [2], True)
          seen = torch.mul(torch.add(place, light), row)
          f8 = torch.mul(torch.avg_pool2d(grey, [8, 8]), torch.slice(scale, 1, 0, 256))
          f16 = torch.mul(torch.avg_pool2d(grey, [16, 16]), scale)
          p16 = torch.slice(f16, 1, 0, 96)
          p32 = torch.mul(torch.avg_pool2d(grey, [32, 32]), torch.slice(scale, 1, 0, 96))
          classes = torch.slice(seen, 2, 0, 80)
          queries = torch.slice(seen, 2, 0, 96)
          entities = torch.slice(seen, 2, 0, 9)
          return (boxes, classes, queries, f8, f16, p16, p32, entities)
      """;

  private static final String SHORT_QUERIES = "queries = torch.slice(seen, 2, 0, 64)";
  private static final String OTHER_INPUT = "torch.reshape(x, [-1, 1, 224, 224])";

  private TinyGraph() {}

  /**
   * Describes a graph by a JSON file of its name beside it, to be trained with an encoder of
   * phrases that takes no time.
   */
  public static void describe(Path graph, BackboneSpec backbone) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode description = mapper.valueToTree(backbone);
    description.putPOJO("phraseEncoder", HashedWords.SPEC);
    String name = graph.getFileName().toString().replaceFirst("[.]pt$", ".json");
    mapper.writeValue(graph.resolveSibling(name).toFile(), description);
  }

  /** Writes the graph with its weights in the order of their names in it. */
  public static void write(Path file) throws IOException {
    write(file, CODE, 0, 1);
  }

  /** Writes a graph whose query vectors are shorter. */
  public static void writeOfOtherOutputs(Path file) throws IOException {
    write(file, CODE.replace("queries = torch.slice(seen, 2, 0, 96)", SHORT_QUERIES), 0, 1);
  }

  /** Writes a graph that looks at images of another size. */
  public static void writeOfOtherInput(Path file) throws IOException {
    write(file, CODE.replace("torch.mean(x, [1], True)", OTHER_INPUT), 0, 1);
  }

  /** Writes the graph with its tensors in other entries than their order asks for. */
  public static void writeDisordered(Path file) throws IOException {
    write(file, CODE, 1, 0);
  }

  private static void write(Path file, String code, int boxesEntry, int scaleEntry)
      throws IOException {
    float[] scale = new float[512];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = (float) Math.sin(i);
    }
    TorchScriptArchive.write(
        file,
        "Tiny",
        code,
        List.of(
            new TorchScriptArchive.Weight(BOXES, boxesEntry, PROPOSALS, QUERIES, 4),
            new TorchScriptArchive.Weight(SCALE, scaleEntry, scale, 512)));
  }
}
