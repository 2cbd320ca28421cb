package io.deixis.engine.huggingface;

import io.deixis.engine.huggingface.ImportException.Reason;
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
 */
record GraphPorts(Optional<int[]> photo) {

  private static final String PIXELS = "pixel_values";
  private static final String IDS = "input_ids";

  /** What graphs of one kind may ask for; the first ones they must. */
  private static final List<String> OF_OWL = List.of(PIXELS, IDS, "attention_mask");

  private static final List<String> OF_FUSED =
      List.of(PIXELS, IDS, "token_type_ids", "attention_mask", "pixel_mask");

  /**
   * Reads them.
   *
   * @throws ImportException if an input or output is missing or strange
   */
  static GraphPorts read(Path folder, List<String> graphs, Kind kind) {
    Optional<int[]> photo = Optional.empty();
    for (String name : graphs) {
      try (Graph graph = Graph.load(folder.resolve(name))) {
        List<String> known =
            kind.isFused()
                ? OF_FUSED
                : graphs.size() == 1
                    ? OF_OWL
                    : name.startsWith("image") ? List.of(PIXELS) : OF_OWL.subList(1, 3);
        int needed = kind.isFused() || graphs.size() == 1 ? 2 : 1;
        check(name, graph, known, known.subList(0, needed));
        if (!graph.outputs().isEmpty()) {
          requireOutputs(name, graph, graphs.size() == 1);
        }
        photo = photo.or(() -> size(name, graph));
      }
    }
    return new GraphPorts(photo);
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
