package io.deixis.engine.backbone;

import ai.djl.Device;
import io.deixis.engine.torch.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What runs a backbone that is not trained. */
public enum BackboneRuntime {
  /** ONNX Runtime on a CPU if there is a graph for it, else PyTorch. */
  AUTO,
  /** ONNX Runtime. */
  ONNXRUNTIME,
  /** PyTorch. */
  PYTORCH;

  /**
   * Returns the graphs for ONNX Runtime beside a TorchScript graph: those of its name, or of it, a
   * dash and more.
   */
  public static List<Path> graphsBeside(Path graph) {
    String name = graph.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    Pattern onnx = Pattern.compile(Pattern.quote(name) + "(-.*)?\\." + OnnxBackbone.FORMAT);
    try (Stream<Path> files = Files.list(graph.toAbsolutePath().getParent())) {
      return files
          .filter(file -> onnx.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (NoSuchFileException noFolder) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns PyTorch instead of what may be either. */
  public BackboneRuntime orPyTorch() {
    return this == AUTO ? PYTORCH : this;
  }

  /**
   * Loads a backbone to run it.
   *
   * @param spec what its graph takes and gives
   * @param graph its TorchScript file; a graph for ONNX Runtime may stand beside it, under the same
   *     name with the ending {@code .onnx}
   * @param device where it runs
   * @throws EngineException as {@link VisualBackbone#load} does; if ONNX Runtime is asked for where
   *     it has no graph, or on a GPU
   */
  public VisualBackbone load(BackboneSpec spec, Path graph, Device device) {
    return load(spec, graph, device, graphsBeside(graph));
  }

  /**
   * Loads a backbone, as {@link #load(BackboneSpec, Path, Device)}.
   *
   * @param onnx graphs for ONNX Runtime that take their weights from {@code graph}; none if it has
   *     none
   */
  public VisualBackbone load(BackboneSpec spec, Path graph, Device device, List<Path> onnx) {
    if (this == ONNXRUNTIME && onnx.isEmpty()) {
      throw new EngineException(
          "There is no graph for ONNX Runtime beside " + graph,
          "set deixis.engine.runtime=auto, or make it with models/export/onnx_graph.py.",
          null);
    }
    return this == ONNXRUNTIME || this == AUTO && !onnx.isEmpty() && !device.isGpu()
        ? OnnxBackbone.load(spec, onnx, graph, device)
        : VisualBackbone.load(spec, graph, device, false);
  }
}
