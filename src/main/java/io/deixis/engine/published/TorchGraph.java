package io.deixis.engine.published;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.MemoryShortage;
import io.deixis.engine.torch.TorchEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A traced graph in a TorchScript file, run by PyTorch on the CPU. The file names its inputs by the
 * parameters of the traced class and nothing of its outputs.
 */
final class TorchGraph implements Graph {

  /** How PyTorch names an operator that it has not. */
  private static final Pattern OPERATOR =
      Pattern.compile(
          "Unknown builtin op: (\\S+?)\\.?(\\s|$)|Couldn't find an operator for (\\S+)");

  /** The class of the whole model, where the archive's object begins. */
  private static final Pattern ROOT = Pattern.compile("c(__torch__[\\w.]*)\\n(\\w+)\\n");

  private static final int MOST_CODE = 16 << 20;

  private final Path file;
  private final Model model;
  private final ParameterStore parameters;
  private final List<String> inputs;

  private TorchGraph(Path file, Model model, List<String> inputs) {
    this.file = file;
    this.model = model;
    this.parameters = new ParameterStore(model.getNDManager(), false);
    this.inputs = inputs;
  }

  static Graph open(Path file, List<String> order) {
    List<String> named = parameters(file);
    List<String> inputs =
        order.containsAll(named) || named.size() > order.size()
            ? named
            : order.subList(0, named.size());
    TorchEngine.start(0);
    Model model = Model.newInstance("detector", Device.cpu(), TorchEngine.NAME);
    try {
      model.load(file.toAbsolutePath(), null, Map.of());
      return new TorchGraph(file, model, inputs);
    } catch (IOException | MalformedModelException | RuntimeException e) {
      model.close();
      if (MemoryShortage.of(e).isPresent() && e instanceof RuntimeException shortage) {
        throw shortage;
      }
      Matcher operator = OPERATOR.matcher(String.valueOf(e.getMessage()));
      throw operator.find()
          ? new UnsupportedGraphException(
              "The file %s needs the operator %s, which this engine lacks"
                  .formatted(
                      file, operator.group(1) == null ? operator.group(3) : operator.group(1)),
              "export the model as ONNX with the exporter in models/export.",
              e)
          : unreadable(file, e);
    }
  }

  private static EngineException unreadable(Path file, Exception cause) {
    return new EngineException(
        "The file %s is no TorchScript graph that this engine reads".formatted(file),
        "export the model with torch.jit.trace, or as ONNX; weights alone, such as a pickle, are"
            + " not run.",
        cause);
  }

  /** Returns the names of the parameters of the traced class. */
  private static List<String> parameters(Path file) {
    try (ZipFile archive = new ZipFile(file.toFile())) {
      Matcher root = ROOT.matcher(text(archive, "data.pkl", 1 << 10));
      if (!root.find()) {
        throw new IOException("The archive's object is no traced class");
      }
      String code = text(archive, "code/" + root.group(1).replace('.', '/') + ".py", MOST_CODE);
      Matcher forward =
          Pattern.compile(
                  "class "
                      + root.group(2)
                      + "\\(Module\\):.*?def forward\\(self: [^,)]*,?([^)]*)\\)",
                  Pattern.DOTALL)
              .matcher(code);
      if (!forward.find()) {
        throw new IOException("The traced class has no forward");
      }
      return Arrays.stream(forward.group(1).split(","))
          .map(parameter -> parameter.strip().replaceFirst(":.*", ""))
          .filter(name -> !name.isEmpty())
          .toList();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Returns the beginning of an archive's file, whatever the folder is called that all are in. */
  private static String text(ZipFile archive, String name, int most) throws IOException {
    ZipEntry entry =
        archive.stream()
            .map(ZipEntry.class::cast)
            .filter(each -> each.getName().endsWith("/" + name))
            .findFirst()
            .orElseThrow(() -> new IOException("The archive has no " + name));
    return new String(archive.getInputStream(entry).readNBytes(most), StandardCharsets.ISO_8859_1);
  }

  @Override
  public Map<String, long[]> inputs() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    inputs.forEach(name -> shapes.put(name, new long[0]));
    return shapes;
  }

  @Override
  public List<String> outputs() {
    return List.of();
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> given, List<String> wanted) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDList arrays = new NDList();
      for (String name : inputs) {
        Tensor tensor = given.get(name);
        if (tensor == null) {
          throw new IllegalArgumentException("it asks for an input called " + name);
        }
        arrays.add(array(manager, tensor));
      }
      NDList out = model.getBlock().forward(parameters, arrays, false);
      out.attach(manager);
      Map<String, Tensor> read = new LinkedHashMap<>();
      for (int i = 0; i < out.size(); i++) {
        NDArray array = out.get(i).toType(DataType.FLOAT32, false);
        String name = out.get(i).getName(); // told where the graph gives a dictionary
        read.put(
            name == null ? Integer.toString(i) : name,
            Tensor.of(array.toFloatArray(), array.getShape().getShape()));
      }
      return read;
    } catch (RuntimeException e) {
      if (MemoryShortage.of(e).isPresent()) {
        throw e;
      }
      throw new EngineException(
          "The graph %s cannot be run (%s)".formatted(file, reason(e)),
          "export the model again with the exporter in models/export.",
          e);
    }
  }

  /** The last line of PyTorch's message is the failure, those before are where. */
  private static String reason(RuntimeException failure) {
    List<String> lines = String.valueOf(failure.getMessage()).strip().lines().toList();
    String line = lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }

  private static NDArray array(NDManager manager, Tensor tensor) {
    Shape shape = new Shape(tensor.shape());
    return tensor.floats() == null
        ? manager.create(tensor.longs(), shape)
        : manager.create(tensor.floats(), shape);
  }

  @Override
  public void close() {
    model.close();
  }
}
