package io.deixis.engine.backbone;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.deixis.engine.onnx.OnnxEnvironment;
import io.deixis.engine.onnx.OnnxFile;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.IdleProcessors;
import io.deixis.engine.torch.TorchEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A backbone whose graph is ONNX, run by ONNX Runtime on a CPU, in about half of libtorch's time.
 * It is not trained: its weights are those of the TorchScript graph of its name beside it, as far
 * as it does not hold them itself.
 *
 * <p>A backbone of networks that need nothing of each other may be several graphs ({@code
 * backbone.onnx}, {@code backbone-trunk.onnx}), which run side by side where processors are free,
 * and give what is described together. Inputs and outputs are memory of libtorch's tensors; nothing
 * is copied.
 */
final class OnnxBackbone implements VisualBackbone {

  /** The format's name, and the ending of its files. */
  static final String FORMAT = "onnx";

  private final BackboneSpec spec;
  private final NDManager manager;
  private final List<Part> parts;

  /**
   * One graph, with the shapes of its outputs for one image, by name.
   *
   * @param session has as many threads as the engine's operations
   * @param wider has two, for when a processor is idle; {@code session} itself where it has as many
   *     or the other graphs keep the processors busy
   */
  private record Part(
      OrtSession session, OrtSession wider, String input, Map<String, long[]> outputs) {

    void close() throws OrtException {
      session.close();
      if (wider != session) {
        wider.close();
      }
    }
  }

  private OnnxBackbone(BackboneSpec spec, NDManager manager, List<Part> parts) {
    this.spec = spec;
    this.manager = manager;
    this.parts = parts;
  }

  /** Loads a graph that holds its weights, as {@link VisualBackbone#load} says. */
  static VisualBackbone load(BackboneSpec spec, Path graph, Device device, boolean trainable) {
    if (trainable) {
      throw new EngineException(
          "The graph %s of the format \"%s\" cannot be trained".formatted(graph, FORMAT),
          "start from a TorchScript graph.",
          null);
    }
    return load(spec, List.of(graph), graph, device);
  }

  /**
   * Loads the graphs of a backbone.
   *
   * @param graphs one or more
   * @param trained the TorchScript graph with the weights that they do not hold
   */
  static VisualBackbone load(BackboneSpec spec, List<Path> graphs, Path trained, Device device) {
    if (device.isGpu()) {
      throw new EngineException(
          "ONNX Runtime runs a backbone on a CPU only", "set deixis.engine.device=cpu.", null);
    }
    TorchEngine.start(0);
    NDManager manager = NDManager.newBaseManager(device, TorchEngine.NAME);
    List<Part> parts = new ArrayList<>();
    try {
      for (Path graph : graphs) {
        parts.add(part(spec, graph, trained, graphs.size() == 1));
      }
      return new OnnxBackbone(spec, manager, parts);
    } catch (IOException | OrtException e) {
      close(parts);
      manager.close();
      throw new EngineException(
          "ONNX Runtime does not read the graphs %s (%s)".formatted(graphs, e.getMessage()),
          "restore them from where the model came.",
          e);
    } catch (RuntimeException e) {
      close(parts);
      manager.close();
      throw e;
    }
  }

  private static Part part(BackboneSpec spec, Path graph, Path trained, boolean alone)
      throws IOException, OrtException {
    byte[] model = Files.readAllBytes(graph);
    Map<String, OnnxTensorLike> weights =
        weights(spec, graph, trained, OnnxFile.read(model).outside());
    List<OrtSession> sessions = new ArrayList<>();
    try {
      int threads = TorchEngine.start(0).threads();
      sessions.add(session(model, weights, threads, false));
      if (alone && threads == 1) {
        sessions.add(session(model, weights, 2, true));
      }
      return probed(sessions.get(0), sessions.get(sessions.size() - 1), spec.input());
    } catch (OrtException | RuntimeException e) {
      for (OrtSession session : sessions) {
        session.close();
      }
      throw e;
    } finally {
      weights.values().forEach(OnnxTensorLike::close);
    }
  }

  /**
   * Makes a session.
   *
   * @param alone whether its threads have processors of their own: then one that waits within a
   *     pass spins, and no longer than the pass; else it would take the time of those that have
   *     work
   */
  private static OrtSession session(
      byte[] model, Map<String, OnnxTensorLike> weights, int threads, boolean alone)
      throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setInterOpNumThreads(1);
      options.setIntraOpNumThreads(threads);
      options.addConfigEntry("session.intra_op.allow_spinning", alone ? "1" : "0");
      options.addConfigEntry("session.force_spinning_stop", "1");
      options.addExternalInitializers(weights);
      return OnnxEnvironment.get().createSession(model, options);
    }
  }

  /** Takes weights from the TorchScript graph, in memory of their own. */
  private static Map<String, OnnxTensorLike> weights(
      BackboneSpec spec, Path graph, Path trained, Set<String> names) throws OrtException {
    Map<String, OnnxTensorLike> weights = new LinkedHashMap<>();
    if (names.isEmpty()) {
      return weights;
    }
    try (VisualBackbone source = TorchScriptBackbone.load(spec, trained, Device.cpu(), false)) {
      Map<String, NDArray> given = source.weights();
      for (String name : names) {
        NDArray weight = given.get(name);
        if (weight == null) {
          throw new EngineException(
              "The ONNX graph %s wants a weight %s that %s lacks".formatted(graph, name, trained),
              "make it again with models/export/onnx_graph.py, or take it away.",
              null);
        }
        FloatBuffer values = FloatBuffer.wrap(weight.toFloatArray());
        long[] shape = weight.getShape().getShape();
        weights.put(name, OnnxTensor.createTensor(OnnxEnvironment.get(), values, shape));
      }
    }
    return weights;
  }

  /** Asks a graph with an empty image what it gives. */
  private static Part probed(OrtSession session, OrtSession wider, BackboneSpec.Input input)
      throws OrtException {
    String name = session.getInputNames().iterator().next();
    long[] shape = {1, 3, input.height(), input.width()};
    FloatBuffer empty = FloatBuffer.allocate(3 * input.height() * input.width());
    Map<String, long[]> outputs = new LinkedHashMap<>();
    try (OnnxTensor image = OnnxTensor.createTensor(OnnxEnvironment.get(), empty, shape);
        OrtSession.Result result = session.run(Map.of(name, image))) {
      result.forEach(
          output ->
              outputs.put(output.getKey(), ((TensorInfo) output.getValue().getInfo()).getShape()));
    }
    return new Part(session, wider, name, outputs);
  }

  @Override
  public BackboneSpec spec() {
    return spec;
  }

  @Override
  public BackboneOutput forward(NDArray images, boolean training) {
    NDArray normalised = ImageTensor.normalised(images, spec.input());
    // Taken once, here: what is copied for it lives as long as the caller's arrays do.
    ByteBuffer input = normalised.toByteBuffer(true);
    long[] shape = normalised.getShape().getShape();
    Map<String, NDArray> outputs = new LinkedHashMap<>();
    Map<Part, Map<String, NDArray>> ofParts = new LinkedHashMap<>();
    for (Part part : parts) {
      ofParts.put(part, empty(part, images));
      outputs.putAll(ofParts.get(part));
    }
    IdleProcessors.all(
        parts.stream()
            .<Supplier<Part>>map(
                part ->
                    () -> {
                      try (IdleProcessors.Claim another = IdleProcessors.claim()) {
                        OrtSession session = another.granted() ? part.wider() : part.session();
                        run(session, part.input(), input, shape, ofParts.get(part));
                      }
                      return part;
                    })
            .toList());
    return BackboneOutput.of(spec, ordered(outputs));
  }

  private static Map<String, NDArray> empty(Part part, NDArray images) {
    Map<String, NDArray> outputs = new LinkedHashMap<>();
    part.outputs()
        .forEach(
            (name, shape) -> {
              long[] ofBatch = shape.clone();
              ofBatch[0] *= images.getShape().get(0);
              outputs.put(name, images.getManager().create(new Shape(ofBatch), DataType.FLOAT32));
            });
    return outputs;
  }

  private static void run(
      OrtSession session,
      String name,
      ByteBuffer images,
      long[] shape,
      Map<String, NDArray> outputs) {
    Map<String, OnnxTensor> targets = new LinkedHashMap<>();
    try (OnnxTensor input = tensor(images, shape)) {
      for (Map.Entry<String, NDArray> output : outputs.entrySet()) {
        NDArray target = output.getValue();
        targets.put(
            output.getKey(), tensor(target.toByteBuffer(true), target.getShape().getShape()));
      }
      session.run(Map.of(name, input), targets).close();
    } catch (OrtException e) {
      throw new EngineException(
          "The image cannot be encoded: " + e.getMessage(), "run it again", e);
    } finally {
      targets.values().forEach(OnnxTensor::close);
    }
  }

  /** Returns a view of an array's memory, which no other thread moves on in. */
  private static OnnxTensor tensor(ByteBuffer array, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(
        OnnxEnvironment.get(), array.duplicate().order(array.order()).asFloatBuffer(), shape);
  }

  private NDList ordered(Map<String, NDArray> outputs) {
    NDList list = new NDList();
    for (String name : spec.outputs()) {
      NDArray output = outputs.get(name);
      if (output == null) {
        throw new IllegalArgumentException("it gives no " + name);
      }
      list.add(output);
    }
    return list;
  }

  /** Returns nothing: there is nothing to train. */
  @Override
  public Map<String, NDArray> weights() {
    return Map.of();
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  @Override
  public void close() {
    close(parts);
    manager.close();
  }

  private static void close(List<Part> parts) {
    for (Part part : parts) {
      try {
        part.close();
      } catch (OrtException e) {
        throw new EngineException("The backbone cannot be closed", "run it again", e);
      }
    }
  }
}
