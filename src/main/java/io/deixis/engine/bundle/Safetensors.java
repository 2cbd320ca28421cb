package io.deixis.engine.bundle;

import ai.onnxruntime.platform.Fp16Conversions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tensors by name in a safetensors file: eight bytes of little-endian header length, a JSON header
 * with type, shape and place of each tensor, then their bytes. Nothing in such a file is executed.
 * Float32, float16 and int64 are read and written here; float16 is float32 in memory.
 */
public final class Safetensors {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_HEADER_BYTES = 1 << 20;
  private static final String METADATA = "__metadata__";

  private Safetensors() {}

  /**
   * A tensor.
   *
   * @param shape its axes
   * @param floats its numbers if it is float32 or float16, else null
   * @param longs its numbers if it is int64, else null
   * @param half whether it is float16 in the file
   */
  public record Tensor(long[] shape, float[] floats, long[] longs, boolean half) {

    /**
     * Checks that there are as many numbers as the shape says.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public Tensor {
      int length = floats != null ? floats.length : longs.length;
      if (count(shape) != length) {
        throw new IllegalArgumentException(
            "A tensor of shape "
                + Arrays.toString(shape)
                + " does not have "
                + length
                + " numbers");
      }
    }

    /** Returns a float32 tensor. */
    public static Tensor of(long[] shape, float[] values) {
      return new Tensor(shape, values, null, false);
    }

    /** Returns an int64 vector. */
    public static Tensor of(long[] values) {
      return new Tensor(new long[] {values.length}, null, values, false);
    }

    /** Returns whether all its numbers are numbers. */
    public boolean isFinite() {
      if (floats != null) {
        for (float value : floats) {
          if (!Float.isFinite(value)) {
            return false;
          }
        }
      }
      return true;
    }

    /** Returns this tensor to be written as float16 if it is a matrix of floats, else itself. */
    public Tensor halved() {
      return floats != null && shape.length > 1 ? new Tensor(shape, floats, null, true) : this;
    }

    private DataType type() {
      return longs != null ? DataType.I64 : half ? DataType.F16 : DataType.F32;
    }

    private int byteSize() {
      return type().bytes * (floats != null ? floats.length : longs.length);
    }
  }

  private enum DataType {
    F32(Float.BYTES),
    F16(Short.BYTES),
    I64(Long.BYTES);

    private final int bytes;

    DataType(int bytes) {
      this.bytes = bytes;
    }
  }

  /** Returns a number as near as float16 has one. */
  public static float halved(float value) {
    return Fp16Conversions.fp16ToFloat(Fp16Conversions.floatToFp16(value));
  }

  /** Writes tensors in the order of the map. The same tensors give the same bytes. */
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    write(file, tensors, Map.of());
  }

  /** As the other method, with texts by name in the header. */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      header.set(METADATA, JSON.valueToTree(metadata));
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", tensor.type().name());
      node.set("shape", JSON.valueToTree(tensor.shape));
      long end = offset + tensor.byteSize();
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(littleEndian(8).putLong(padded.length).array());
      out.write(padded);
      for (Tensor tensor : tensors.values()) {
        ByteBuffer bytes = littleEndian(tensor.byteSize());
        switch (tensor.type()) {
          case F32 -> bytes.asFloatBuffer().put(tensor.floats);
          case I64 -> bytes.asLongBuffer().put(tensor.longs);
          case F16 -> {
            for (float value : tensor.floats) {
              bytes.putShort(Fp16Conversions.floatToFp16(value));
            }
          }
        }
        out.write(bytes.array());
      }
    }
  }

  /**
   * Reads every tensor of a file.
   *
   * @throws IOException if it is not such a file, or holds other types
   */
  public static Map<String, Tensor> read(Path file) throws IOException {
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    ObjectNode header = header(content);
    ByteBuffer data = content.slice().order(ByteOrder.LITTLE_ENDIAN);
    requireApart(header, data.capacity());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        tensors.put(entry.getKey(), tensor(entry.getValue(), data));
      }
    }
    return tensors;
  }

  /**
   * Reads the texts in a file's header.
   *
   * @throws IOException if it is not such a file
   */
  public static Map<String, String> metadata(Path file) throws IOException {
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    Map<String, String> metadata = new LinkedHashMap<>();
    header(content)
        .path(METADATA)
        .properties()
        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
    return metadata;
  }

  /** Reads the header and leaves the content at its end. */
  private static ObjectNode header(ByteBuffer content) throws IOException {
    if (content.remaining() < Long.BYTES) {
      throw new IOException("too short");
    }
    long headerLength = content.getLong();
    if (headerLength < 2 || headerLength > Math.min(MAX_HEADER_BYTES, content.remaining())) {
      throw new IOException("header length " + headerLength);
    }
    byte[] json = new byte[(int) headerLength];
    content.get(json);
    if (!(JSON.readTree(json) instanceof ObjectNode header)) {
      throw new IOException("a header that is no JSON object");
    }
    return header;
  }

  /**
   * Tensors take the memory that the file has, since the format lets none overlap.
   *
   * @param bytes that there are for all of them
   */
  private static void requireApart(ObjectNode header, long bytes) throws IOException {
    long left = bytes;
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        JsonNode offsets = entry.getValue().path("data_offsets");
        left -= Math.max(0, offsets.path(1).asLong() - offsets.path(0).asLong());
        if (left < 0) {
          throw new IOException("tensors that overlap");
        }
      }
    }
  }

  private static Tensor tensor(JsonNode node, ByteBuffer data) throws IOException {
    long[] shape = shape(node.path("shape"));
    long start = node.path("data_offsets").path(0).asLong(-1);
    long end = node.path("data_offsets").path(1).asLong(-1);
    DataType type = type(node.path("dtype").asText());
    int itemSize = type.bytes;
    if (start < 0 || end < start || end > data.capacity() || (end - start) % itemSize != 0) {
      throw new IOException("a tensor outside of the file");
    }
    long count = (end - start) / itemSize;
    if (count != count(shape)) {
      throw new IOException("a tensor of another size than its shape's");
    }
    ByteBuffer bytes = data.slice((int) start, (int) (end - start)).order(ByteOrder.LITTLE_ENDIAN);
    if (type == DataType.I64) {
      long[] values = new long[(int) count];
      bytes.asLongBuffer().get(values);
      return new Tensor(shape, null, values, false);
    }
    float[] values = new float[(int) count];
    if (type == DataType.F32) {
      bytes.asFloatBuffer().get(values);
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = Fp16Conversions.fp16ToFloat(bytes.getShort());
      }
    }
    return new Tensor(shape, values, null, type == DataType.F16);
  }

  private static DataType type(String name) throws IOException {
    for (DataType type : DataType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new IOException("tensors of type " + name);
  }

  private static long[] shape(JsonNode node) throws IOException {
    long[] shape = new long[node.size()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = node.path(axis).asLong(-1);
    }
    if (!node.isArray() || Arrays.stream(shape).anyMatch(size -> size < 0)) {
      throw new IOException("a shape that is none: " + node);
    }
    return shape;
  }

  /** Returns how many numbers a tensor of that shape has, or -1 if they cannot be counted. */
  private static long count(long[] shape) {
    try {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    } catch (ArithmeticException overflow) {
      return -1;
    }
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
