package io.deixis.engine.backbone;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes TorchScript archives of one module, as torch.jit.save lays them out. */
public final class TorchScriptArchive {

  private TorchScriptArchive() {}

  /**
   * A weight of the module.
   *
   * @param name in the module
   * @param entry number of the archive's entry that holds it
   * @param values row by row
   * @param shape its axes
   */
  public record Weight(String name, int entry, float[] values, int... shape) {}

  /** Writes a module of the given class, code and weights. */
  public static void write(Path file, String module, String code, List<Weight> weights)
      throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("data.pkl", pickle(module, weights));
    entries.put("code/__torch__.py", code.getBytes(StandardCharsets.US_ASCII));
    for (Weight weight : weights) {
      entries.put("data/" + weight.entry(), bytes(weight.values()));
    }
    entries.put("constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
    entries.put("version", "3\n".getBytes(StandardCharsets.US_ASCII));
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        CRC32 crc = new CRC32();
        crc.update(content.getValue());
        ZipEntry entry = new ZipEntry("module/" + content.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.getValue().length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content.getValue());
        zip.closeEntry();
      }
    }
  }

  /** The module as a pickle of protocol 2: its class, then its attributes by name. */
  private static byte[] pickle(String module, List<Weight> weights) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x80, 2});
    ascii(out, "c__torch__\n" + module + "\n)\u0081}(");
    string(out, "training");
    ascii(out, "\u0089");
    for (Weight weight : weights) {
      string(out, weight.name());
      tensor(out, weight.entry(), weight.shape());
    }
    ascii(out, "ub.");
    return out.toByteArray();
  }

  /** A tensor whose numbers are in the archive's entry {@code data/K}. */
  private static void tensor(ByteArrayOutputStream out, int entry, int... shape)
      throws IOException {
    int count = 1;
    for (int size : shape) {
      count *= size;
    }
    ascii(out, "ctorch._utils\n_rebuild_tensor_v2\n((");
    string(out, "storage");
    ascii(out, "ctorch\nFloatStorage\n");
    string(out, Integer.toString(entry));
    string(out, "cpu");
    number(out, count);
    ascii(out, "tQ");
    number(out, 0);
    ascii(out, "(");
    for (int size : shape) {
      number(out, size);
    }
    ascii(out, "t(");
    int stride = count;
    for (int size : shape) {
      stride /= size;
      number(out, stride);
    }
    ascii(out, "t\u0088ccollections\nOrderedDict\n)RtR");
  }

  private static void ascii(ByteArrayOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void string(ByteArrayOutputStream out, String text) throws IOException {
    out.write('X');
    out.write(littleEndian(4).putInt(text.length()).array());
    ascii(out, text);
  }

  private static void number(ByteArrayOutputStream out, int value) throws IOException {
    out.write('J');
    out.write(littleEndian(4).putInt(value).array());
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer = littleEndian(values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
