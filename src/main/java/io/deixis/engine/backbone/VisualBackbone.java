package io.deixis.engine.backbone;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.MemoryShortage;
import java.nio.file.Path;
import java.util.Map;

/**
 * The network that sees a whole image: feature maps, and proposals of regions. A port: another kind
 * of graph is another implementation, registered in {@link #FORMATS}; a graph of the same kind with
 * other sizes is another {@link BackboneSpec}.
 */
public interface VisualBackbone extends AutoCloseable {

  /** Loads a graph of one format. */
  @FunctionalInterface
  interface Loader {

    /** As {@link VisualBackbone#load}. */
    VisualBackbone load(BackboneSpec spec, Path graph, Device device, boolean trainable);
  }

  /** The loaders by the name of their format. */
  Map<String, Loader> FORMATS =
      Map.of(
          TorchScriptBackbone.FORMAT, TorchScriptBackbone::load,
          OnnxBackbone.FORMAT, OnnxBackbone::load);

  /**
   * Loads a graph with its weights.
   *
   * @param spec what the graph takes and gives
   * @param graph its file
   * @param device where it runs
   * @param trainable whether gradients shall reach its weights
   * @throws EngineException if the file is no such graph, or of a format without a loader
   */
  static VisualBackbone load(BackboneSpec spec, Path graph, Device device, boolean trainable) {
    Loader loader = FORMATS.get(spec.format());
    if (loader == null) {
      throw new EngineException(
          "The graph %s is of the format \"%s\", which is not one of %s"
              .formatted(graph, spec.format(), FORMATS.keySet()),
          "export it again.",
          null);
    }
    return loader.load(spec, graph, device, trainable);
  }

  /** Returns what it takes and gives. */
  BackboneSpec spec();

  /**
   * Runs the network.
   *
   * @param images float32 [B, 3, height, width], RGB in [0, 1]; normalised here
   * @param training whether to record what gradients need
   * @throws IllegalArgumentException if the graph gives other tensors than its description says
   */
  BackboneOutput forward(NDArray images, boolean training);

  /**
   * Checks with an empty image that the graph takes and gives what its description says.
   *
   * @param graph its file, for the message
   * @throws EngineException if it does not
   */
  default void verify(Path graph) {
    BackboneSpec.Input input = spec().input();
    try (NDManager manager = manager().newSubManager()) {
      forward(manager.zeros(new Shape(1, 3, input.height(), input.width())), false);
    } catch (RuntimeException e) {
      if (MemoryShortage.of(e).isPresent()) {
        throw e;
      }
      throw new EngineException(
          "The graph %s is of another architecture than its description says%s"
              .formatted(
                  graph, e instanceof IllegalArgumentException ? " (" + e.getMessage() + ")" : ""),
          "describe it in a JSON file of its name beside it, or use one such as the backbone.pt of"
              + " a bundle.",
          e);
    }
  }

  /** Returns the weights by name, in the graph's order; none where they cannot be trained. */
  Map<String, NDArray> weights();

  /** Returns the manager that owns the weights. */
  NDManager manager();

  @Override
  void close();
}
