package io.deixis.engine.backbone;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.MemoryShortage;
import io.deixis.engine.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The network that looks at a whole image: feature maps, and queries that propose regions. It is a
 * port: any TorchScript graph of plain operators with the inputs and outputs of {@link FeatureMaps}
 * can be plugged in.
 */
public final class Backbone implements AutoCloseable {

  /** Side of the square input in pixels; the aspect is not kept. */
  public static final int INPUT_SIZE = 416;

  private final Path graph;
  private final Model model;
  private final ParameterStore parameters;

  private Backbone(Path graph, Model model) {
    this.graph = graph;
    this.model = model;
    this.parameters = new ParameterStore(model.getNDManager(), false);
  }

  /**
   * Loads a graph with its weights.
   *
   * @param graph a TorchScript file
   * @param device where it runs
   * @param trainable whether gradients shall reach its weights
   * @throws EngineException if the file is not such a graph
   */
  public static Backbone load(Path graph, Device device, boolean trainable) {
    Model model = Model.newInstance("backbone", device, TorchEngine.NAME);
    try {
      model.load(graph.toAbsolutePath(), null, Map.of("trainParam", Boolean.toString(trainable)));
      return new Backbone(graph, model);
    } catch (IOException | MalformedModelException | RuntimeException e) {
      model.close();
      throw new EngineException(
          "The file "
              + graph
              + " is not a TorchScript graph that this engine reads;"
              + " restore it from where the model came.",
          e);
    }
  }

  /**
   * Checks with an empty image that the graph takes and gives what it should.
   *
   * @throws EngineException if it does not
   */
  public void verify() {
    try (NDManager manager = manager().newSubManager()) {
      NDArray image = manager.zeros(new Shape(1, 3, INPUT_SIZE, INPUT_SIZE));
      forward(image, false);
    } catch (RuntimeException e) {
      if (MemoryShortage.of(e).isPresent()) {
        throw e;
      }
      throw new EngineException(
          "The graph "
              + graph
              + " is of another architecture"
              + (e instanceof IllegalArgumentException ? " (" + e.getMessage() + ")" : "")
              + "; use one with the input and outputs of Deixis's backbone, such as the"
              + " backbone.pt of a bundle.",
          e);
    }
  }

  /**
   * Runs the network.
   *
   * @param images float32 [B, 3, 416, 416], RGB in [0, 1]
   * @param training whether to record what gradients need
   * @throws IllegalArgumentException if the graph gives other tensors than it should
   */
  public FeatureMaps forward(NDArray images, boolean training) {
    NDList out = model.getBlock().forward(parameters, new NDList(images), training);
    return FeatureMaps.of(out);
  }

  /** Returns the weights by name, in the graph's order. */
  public Map<String, NDArray> weights() {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    for (Pair<String, Parameter> parameter : model.getBlock().getParameters()) {
      weights.put(parameter.getKey(), parameter.getValue().getArray());
    }
    return weights;
  }

  /** Returns the manager that owns the weights. */
  public NDManager manager() {
    return model.getNDManager();
  }

  @Override
  public void close() {
    model.close();
  }
}
