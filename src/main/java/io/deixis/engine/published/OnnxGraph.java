package io.deixis.engine.published;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.platform.Fp16Conversions;
import io.deixis.engine.onnx.OnnxEnvironment;
import io.deixis.engine.onnx.OnnxFile;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.TorchEngine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A graph in an ONNX file, run by ONNX Runtime on the CPU. */
final class OnnxGraph implements Graph {

  /** How ONNX Runtime names an operator that it has not. */
  private static final Pattern OPERATOR =
      Pattern.compile(
          "implementation for (\\S+\\(\\d+\\))|Fatal error: ([^\\s(]+)\\S* is not a registered"
              + "|No Op registered for (\\S+)");

  /** How it tells that a file is too new. */
  private static final Pattern TOO_NEW =
      Pattern.compile("Unsupported model IR version: \\d+|[oO]pset \\d+ is under development");

  private final Path file;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Map<String, TensorInfo> inputs = new LinkedHashMap<>();

  private OnnxGraph(Path file, OrtEnvironment environment, OrtSession session) throws OrtException {
    this.file = file;
    this.environment = environment;
    this.session = session;
    for (NodeInfo input : session.getInputInfo().values()) {
      if (input.getInfo() instanceof TensorInfo tensor) {
        inputs.put(input.getName(), tensor);
      }
    }
  }

  static Graph open(Path file) {
    requireWeights(file);
    OrtEnvironment environment = OnnxEnvironment.get();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setInterOpNumThreads(1);
      options.setIntraOpNumThreads(TorchEngine.start(0).threads());
      // A plan of the memory of a first run is reserved beside what that run had: a third more.
      options.setMemoryPatternOptimization(false);
      // Threads that spin while they wait take the time of those that have work.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return new OnnxGraph(file, environment, environment.createSession(file.toString(), options));
    } catch (OrtException e) {
      throw refused(file, e);
    }
  }

  /**
   * Refuses a graph whose weights are not beside it.
   *
   * @throws EngineException as {@link OnnxFile#read} does, or if weights are missing
   */
  private static void requireWeights(Path file) {
    for (String name : OnnxFile.read(file).weights()) {
      Path data = name.isEmpty() ? file : file.resolveSibling(name);
      if (!DetectorSpec.isWeights(name) || !Files.isRegularFile(data, LinkOption.NOFOLLOW_LINKS)) {
        throw new EngineException(
            "The file %s keeps its weights in \"%s\", which is no such file beside it"
                .formatted(file, name.replaceAll("\\p{Cntrl}", "?")),
            DetectorSpec.isWeights(name)
                ? "lay it beside the graph, as the exporter wrote it."
                : "export the model into one file, or keep the weights in %s_data."
                    .formatted(file.getFileName()),
            null);
      }
    }
  }

  private static EngineException refused(Path file, OrtException failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher operator = OPERATOR.matcher(message);
    if (operator.find()) {
      String name =
          Arrays.asList(operator.group(1), operator.group(2), operator.group(3)).stream()
              .filter(group -> group != null)
              .findFirst()
              .orElseThrow();
      return new UnsupportedGraphException(
          "The file %s needs the operator %s, which ONNX Runtime lacks".formatted(file, name),
          "export the model again with the exporter in models/export and opset 17.",
          failure);
    }
    if (TOO_NEW.matcher(message).find()) {
      return new UnsupportedGraphException(
          "The file %s is of a newer ONNX than this ONNX Runtime reads".formatted(file),
          "export the model again with opset 17.",
          failure);
    }
    return new EngineException(
        "The file %s is no ONNX graph that this engine reads".formatted(file),
        "export the model again; it may be damaged.",
        failure);
  }

  @Override
  public Map<String, long[]> inputs() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    inputs.forEach((name, info) -> shapes.put(name, info.getShape()));
    return shapes;
  }

  @Override
  public List<String> outputs() {
    return List.copyOf(session.getOutputNames());
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> given, List<String> wanted) {
    Set<String> outputs = new LinkedHashSet<>(wanted);
    outputs.retainAll(session.getOutputNames());
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, TensorInfo> input : inputs.entrySet()) {
        Tensor tensor = given.get(input.getKey());
        if (tensor != null) {
          tensors.put(input.getKey(), tensor(tensor, input.getValue().type));
        }
      }
      try (OrtSession.Result result = session.run(tensors, outputs)) {
        Map<String, Tensor> read = new LinkedHashMap<>();
        for (String name : outputs) {
          read.put(name, read(name, (OnnxTensor) result.get(name).orElseThrow()));
        }
        return read;
      }
    } catch (OrtException e) {
      throw new EngineException(
          "The graph %s cannot be run (%s)".formatted(file, firstLine(e.getMessage())),
          "export the model again with the exporter in models/export.",
          e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static String firstLine(String message) {
    String line = String.valueOf(message).lines().findFirst().orElse("");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }

  private OnnxTensor tensor(Tensor tensor, OnnxJavaType type) throws OrtException {
    if (tensor.floats() != null) {
      return type == OnnxJavaType.FLOAT16
          ? OnnxTensor.createTensor(
              environment, halves(tensor.floats()), tensor.shape(), OnnxJavaType.FLOAT16)
          : OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor.floats()), tensor.shape());
    }
    long[] values = tensor.longs();
    return switch (type) {
      case FLOAT -> {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = values[i];
        }
        yield OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats), tensor.shape());
      }
      case INT32 ->
          OnnxTensor.createTensor(
              environment,
              IntBuffer.wrap(Arrays.stream(values).mapToInt(value -> (int) value).toArray()),
              tensor.shape());
      case BOOL -> {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.length);
        for (long value : values) {
          bytes.put((byte) value);
        }
        yield OnnxTensor.createTensor(environment, bytes.flip(), tensor.shape(), type);
      }
      default -> OnnxTensor.createTensor(environment, LongBuffer.wrap(values), tensor.shape());
    };
  }

  private static ByteBuffer halves(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Short.BYTES * values.length).order(ByteOrder.nativeOrder());
    for (float value : values) {
      bytes.putShort(Fp16Conversions.floatToFp16(value));
    }
    return bytes.flip();
  }

  private Tensor read(String name, OnnxTensor tensor) {
    FloatBuffer values = tensor.getFloatBuffer();
    if (values == null) {
      throw new UnsupportedGraphException(
          "The graph %s gives %s as %s".formatted(file, name, tensor.getInfo().type),
          "export the model again in single or half precision.",
          null);
    }
    float[] floats = new float[values.remaining()];
    values.get(floats);
    return Tensor.of(floats, tensor.getInfo().getShape());
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new EngineException("The graph " + file + " cannot be closed", "run it again", e);
    }
  }
}
