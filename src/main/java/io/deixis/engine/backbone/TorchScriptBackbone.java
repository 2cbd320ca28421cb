package io.deixis.engine.backbone;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A backbone whose graph is TorchScript of plain operators, run by the PyTorch engine. */
final class TorchScriptBackbone implements VisualBackbone {

  /** The format's name. */
  static final String FORMAT = "torchscript";

  private final BackboneSpec spec;
  private final Model model;
  private final ParameterStore parameters;

  private TorchScriptBackbone(BackboneSpec spec, Model model) {
    this.spec = spec;
    this.model = model;
    this.parameters = new ParameterStore(model.getNDManager(), false);
  }

  /** Loads a TorchScript file, as {@link VisualBackbone#load} says. */
  static VisualBackbone load(BackboneSpec spec, Path graph, Device device, boolean trainable) {
    Model model = Model.newInstance("backbone", device, TorchEngine.NAME);
    try {
      model.load(graph.toAbsolutePath(), null, Map.of("trainParam", Boolean.toString(trainable)));
      TorchScriptBackbone backbone = new TorchScriptBackbone(spec, model);
      backbone.freezeConstants();
      return backbone;
    } catch (IOException | MalformedModelException | RuntimeException e) {
      model.close();
      throw new EngineException(
          "The file " + graph + " is not a TorchScript graph that this engine reads",
          "restore it from where the model came.",
          e);
    }
  }

  /** Gradients need not be followed behind the first weight that is trained. */
  private void freezeConstants() {
    weights()
        .forEach(
            (name, weight) -> {
              if (weight.hasGradient()
                  && spec.weights().constant().stream().anyMatch(name::contains)) {
                weight.setRequiresGradient(false);
              }
            });
  }

  @Override
  public BackboneSpec spec() {
    return spec;
  }

  @Override
  public BackboneOutput forward(NDArray images, boolean training) {
    NDList out =
        model
            .getBlock()
            .forward(
                parameters, new NDList(ImageTensor.normalised(images, spec.input())), training);
    return BackboneOutput.of(spec, out);
  }

  @Override
  public Map<String, NDArray> weights() {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    for (Pair<String, Parameter> parameter : model.getBlock().getParameters()) {
      weights.put(parameter.getKey(), parameter.getValue().getArray());
    }
    return weights;
  }

  @Override
  public NDManager manager() {
    return model.getNDManager();
  }

  @Override
  public void close() {
    model.close();
  }
}
