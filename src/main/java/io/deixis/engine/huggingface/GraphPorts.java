package io.deixis.engine.huggingface;

import io.deixis.engine.huggingface.ImportException.Reason;
import io.deixis.engine.onnx.OnnxFile;
import io.deixis.engine.published.DetectorSpec;
import io.deixis.engine.published.DetectorSpec.Kind;
import io.deixis.engine.published.Graph;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The inputs and outputs of an export's graphs.
 *
 * @param photo rows and columns of the photos that it takes, if the file tells one size
 * @param texts phrases that a graph of OWL takes at once; 0 for any number
 * @param tokens that each of them has; 0 for any number
 */
record GraphPorts(Optional<int[]> photo, int texts, int tokens) {

  private static final String PIXELS = "pixel_values";
  private static final String IDS = "input_ids";

  /**
   * Reads them.
   *
   * @throws ImportException if an input or output is missing or strange
   */
  static GraphPorts read(Path folder, List<String> graphs, Kind kind) {
    Optional<int[]> photo = Optional.empty();
    int texts = 0;
    int tokens = 0;
    for (String name : graphs) {
      List<String> known = DetectorSpec.inputs(kind, name);
      try (Graph graph = Graph.load(folder.resolve(name), known)) {
        check(name, graph, known, known.stream().filter(List.of(PIXELS, IDS)::contains).toList());
        if (!graph.outputs().isEmpty()) {
          requireOutputs(name, graph, graphs.size() == 1);
        }
        photo = photo.or(() -> size(name, graph));
        if (!kind.isFused() && graph.inputs().containsKey(IDS)) {
          long[] axes = graph.inputs().get(IDS);
          texts = texts(folder.resolve(name), axes);
          tokens = axes.length == 2 ? (int) Math.max(0, axes[1]) : 0;
        }
      }
    }
    return new GraphPorts(photo, texts, tokens);
  }

  private static int texts(Path file, long[] axes) {
    if (axes.length > 0 && axes[0] > 0) {
      return (int) axes[0];
    }
    return file.toString().endsWith(".onnx") && OnnxFile.read(file).isQuantising() ? 1 : 0;
  }

  private static void check(String name, Graph graph, List<String> known, List<String> needed) {
    Set<String> inputs = graph.inputs().keySet();
    Set<String> missing = new TreeSet<>(needed);
    missing.removeAll(inputs);
    Set<String> strange = new TreeSet<>(inputs);
    known.forEach(strange::remove);
    if (!missing.isEmpty() || !strange.isEmpty()) {
      throw new ImportException(
          Reason.UNSUPPORTED,
          "The graph %s takes the inputs %s, where %s are expected".formatted(name, inputs, known),
          "export the model with models/export, or give the inputs these names.");
    }
  }

  private static void requireOutputs(String name, Graph graph, boolean whole) {
    List<String> needed =
        whole
            ? List.of("logits", "pred_boxes")
            : name.startsWith("image")
                ? List.of("pred_boxes", "class_embeds", "logit_shift", "logit_scale")
                : List.of("text_embeds");
    if (!graph.outputs().containsAll(needed)) {
      throw new ImportException(
          Reason.UNSUPPORTED,
          "The graph %s gives the outputs %s, where %s are needed"
              .formatted(name, graph.outputs(), needed),
          "export the model with models/export, or give the outputs these names.");
    }
  }

  private static Optional<int[]> size(String name, Graph graph) {
    long[] axes = graph.inputs().getOrDefault(PIXELS, new long[0]);
    if (axes.length == 0) {
      return Optional.empty();
    }
    if (axes.length != 4 || axes[1] > 0 && axes[1] != 3 || axes[0] > 1) {
      throw new ImportException(
          Reason.UNSUPPORTED,
          "The graph %s takes photos of another shape than [1, 3, height, width]".formatted(name),
          "export the model with models/export.");
    }
    return axes[2] > 0 && axes[3] > 0
        ? Optional.of(new int[] {(int) axes[2], (int) axes[3]})
        : Optional.empty();
  }
}
