package io.deixis.engine.published;

import io.deixis.engine.torch.EngineException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The graph of a model in a file, with its weights. Thread-safe. */
public interface Graph extends AutoCloseable {

  /** An axis whose length may change. */
  long ANY = -1;

  /**
   * Loads a graph; the file's name decides which engine runs it.
   *
   * @param file ONNX ({@code .onnx}) or TorchScript ({@code .pt})
   * @param order the inputs as the model's library orders them, which those of a TorchScript file
   *     are taken for whose names tell nothing
   * @throws EngineException if the engine cannot load it; the message says why
   */
  static Graph load(Path file, List<String> order) {
    return file.toString().endsWith(".onnx") ? OnnxGraph.open(file) : TorchGraph.open(file, order);
  }

  /**
   * Returns the axes of each input by name, in the graph's order.
   *
   * @return for each axis its length or {@link #ANY}; empty where the file does not tell
   */
  Map<String, long[]> inputs();

  /** Returns the names of the outputs in the graph's order; empty if the file does not tell. */
  List<String> outputs();

  /**
   * Runs the graph.
   *
   * @param inputs by name; those that the graph does not have are left out
   * @param wanted names of the outputs to compute
   * @return those of them that there are, by name; where the file does not tell names, all outputs
   *     by their places from 0
   * @throws EngineException if it fails
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> wanted);

  @Override
  void close();
}
