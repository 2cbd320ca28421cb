package io.deixis.training.proposals;

import ai.djl.Device;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.files.AtomicFile;
import io.deixis.training.work.TrainingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes new weights into a TorchScript archive. Such an archive is a zip file in which entry
 * {@code data/K} holds the bytes of the graph's K-th tensor; DJL can read it but not write it. It
 * is compressed, so that weights rounded to half precision take the room of that. Each entry's old
 * bytes are compared with the weight they should be before they are replaced, so that a graph of
 * another layout is refused rather than spoilt.
 */
public final class GraphArchive {

  /** Which lines of which source files the graph was made from: of no use, and not ours to tell. */
  private static final String DEBUG_INFORMATION = ".debug_pkl";

  private static final Pattern TENSOR = Pattern.compile(".*/data/(\\d+)");

  private GraphArchive() {}

  /**
   * Writes a copy of a graph with other weights.
   *
   * @param spec what the graph takes and gives
   * @param source the graph
   * @param device where it can be loaded
   * @param values new values by the weight's name; weights not named stay, but for those that the
   *     description has in half precision, which are rounded
   * @param target file to write
   */
  public static void write(
      BackboneSpec spec, Path source, Device device, Map<String, float[]> values, Path target) {
    List<byte[]> before = new ArrayList<>();
    List<byte[]> after = new ArrayList<>();
    try (VisualBackbone original = VisualBackbone.load(spec, source, device, true)) {
      original
          .weights()
          .forEach(
              (name, weight) -> {
                float[] old = weight.toFloatArray();
                before.add(bytes(old));
                float[] now = values.getOrDefault(name, old);
                boolean half = spec.weights().half().stream().anyMatch(name::startsWith);
                after.add(bytes(half ? halved(now) : now));
              });
    }
    try {
      AtomicFile.replace(
          target,
          partial -> {
            try (ZipFile in = new ZipFile(source.toFile());
                OutputStream file = Files.newOutputStream(partial);
                ZipOutputStream out = new ZipOutputStream(file)) {
              copy(in, out, before, after);
            }
          });
    } catch (IOException e) {
      throw TrainingException.storage(target, e);
    }
  }

  private static void copy(ZipFile in, ZipOutputStream out, List<byte[]> before, List<byte[]> after)
      throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (Enumeration<? extends ZipEntry> e = in.entries(); e.hasMoreElements(); ) {
      ZipEntry entry = e.nextElement();
      if (entry.getName().endsWith(DEBUG_INFORMATION)) {
        continue;
      }
      byte[] content = in.getInputStream(entry).readAllBytes();
      Matcher tensor = TENSOR.matcher(entry.getName());
      if (tensor.matches()) {
        int index = Integer.parseInt(tensor.group(1));
        if (index >= before.size() || !Arrays.equals(content, before.get(index))) {
          throw new TrainingException(
              "The graph stores its tensors in another order than its weights (at "
                  + entry.getName()
                  + "); export it again with torch.jit.save.",
              null);
        }
        content = after.get(index);
      }
      entries.put(entry.getName(), content);
    }
    for (Map.Entry<String, byte[]> content : entries.entrySet()) {
      ZipEntry entry = new ZipEntry(content.getKey());
      entry.setTime(0);
      out.putNextEntry(entry);
      out.write(content.getValue());
      out.closeEntry();
    }
  }

  private static float[] halved(float[] values) {
    float[] halved = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      halved[i] = Safetensors.halved(values[i]);
    }
    return halved;
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }
}
