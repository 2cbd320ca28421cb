package io.deixis.training.proposals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.backbone.VisualBackbone;
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
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes new weights into a TorchScript archive. Such an archive is a zip file in which entry
 * {@code data/K} holds the bytes of the graph's K-th tensor, stored uncompressed; DJL can read it
 * but not write it. Each entry's old bytes are compared with the weight they should be before they
 * are replaced, so that a graph of another layout is refused rather than spoilt.
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
   * @param values new values by the weight's name; weights not named stay
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
                byte[] old = bytes(weight);
                before.add(old);
                after.add(values.containsKey(name) ? bytes(values.get(name)) : old);
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
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.getValue().length);
      CRC32 crc = new CRC32();
      crc.update(content.getValue());
      entry.setCrc(crc.getValue());
      entry.setTime(0);
      out.putNextEntry(entry);
      out.write(content.getValue());
      out.closeEntry();
    }
  }

  private static byte[] bytes(NDArray weight) {
    return bytes(weight.toFloatArray());
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }
}
