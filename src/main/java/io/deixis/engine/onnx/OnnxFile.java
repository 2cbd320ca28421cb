package io.deixis.engine.onnx;

import io.deixis.engine.torch.EngineException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an ONNX file tells before it is loaded: its operators (onnx.proto3, {@code NodeProto} field
 * 4), its weights outside of it ({@code TensorProto} fields 8 and 14), and the files that it keeps
 * weights in (field 13, entries {@code location}), since ONNX Runtime would read whatever file the
 * graph names. Only messages that can hold these are entered; weights are skipped.
 */
public final class OnnxFile {

  /** Makes bytes of numbers by the largest and smallest of all that run through at once. */
  private static final String QUANTISING = "DynamicQuantizeLinear";

  private static final int OP_TYPE = 4;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_LOCATION = 14;
  private static final int EXTERNAL = 1;

  /** How deep the weights of the main graph lie: in a model, in its graph. */
  private static final int MAIN_GRAPH = 2;

  private static final int LENGTH_DELIMITED = 2;
  private static final int MOST_DEPTH = 64;

  /** Kinds of messages on the way to a tensor. */
  private enum Message {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    SPARSE_TENSOR,
    FUNCTION,
    ENTRY,
    OTHER;

    /** Returns what a field of this message holds. */
    Message field(int number) {
      return switch (this) {
        case MODEL -> number == 7 ? GRAPH : number == 25 ? FUNCTION : OTHER;
        case GRAPH ->
            number == 1 ? NODE : number == 5 ? TENSOR : number == 15 ? SPARSE_TENSOR : OTHER;
        case FUNCTION -> number == 7 ? NODE : number == 11 ? ATTRIBUTE : OTHER;
        case NODE -> number == 5 ? ATTRIBUTE : OTHER;
        case ATTRIBUTE ->
            switch (number) {
              case 5, 10 -> TENSOR;
              case 6, 11 -> GRAPH;
              case 22, 23 -> SPARSE_TENSOR;
              default -> OTHER;
            };
        case SPARSE_TENSOR -> number == 1 || number == 2 ? TENSOR : OTHER;
        case TENSOR -> number == 13 ? ENTRY : OTHER;
        default -> OTHER;
      };
    }
  }

  private final DataInputStream in;
  private final Set<String> weights = new TreeSet<>();
  private final Set<String> outside = new TreeSet<>();
  private final Set<String> operators = new TreeSet<>();
  private long position;

  private OnnxFile(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /**
   * Reads a file.
   *
   * @throws EngineException if it is no ONNX file
   */
  public static OnnxFile read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(in, Files.size(file));
    } catch (IOException e) {
      throw new EngineException(
          "The file %s is no ONNX graph that this engine reads".formatted(file),
          "export the model again; it may be damaged.",
          e);
    }
  }

  /** Returns the names of the files that hold the weights, as the graph tells them. */
  public Set<String> weights() {
    return Collections.unmodifiableSet(weights);
  }

  /** Returns the names of the main graph's weights that are not in its file. */
  public Set<String> outside() {
    return Collections.unmodifiableSet(outside);
  }

  /**
   * Returns whether what runs through at once shares a quantisation, and so disturbs each other.
   */
  public boolean isQuantising() {
    return operators.contains(QUANTISING);
  }

  /** Reads the bytes of a graph. */
  public static OnnxFile read(byte[] graph) throws IOException {
    return read(new ByteArrayInputStream(graph), graph.length);
  }

  private static OnnxFile read(InputStream in, long bytes) throws IOException {
    OnnxFile read = new OnnxFile(in);
    read.message(Message.MODEL, bytes, 0);
    return read;
  }

  private void message(Message kind, long end, int depth) throws IOException {
    if (depth > MOST_DEPTH) {
      throw new IOException("Graphs are nested too deeply");
    }
    String key = "";
    boolean external = false;
    while (position < end) {
      long tag = varint();
      Message held = kind.field((int) (tag >>> 3));
      switch ((int) (tag & 7)) {
        case 0 -> {
          long value = varint();
          external |= kind == Message.TENSOR && tag >>> 3 == TENSOR_LOCATION && value == EXTERNAL;
        }
        case 1 -> skip(8);
        case 5 -> skip(4);
        case LENGTH_DELIMITED -> {
          long length = varint();
          if (length < 0 || length > end - position) {
            throw new EOFException("A field is longer than the file");
          }
          if (kind == Message.TENSOR && tag >>> 3 == TENSOR_NAME) {
            key = text(length);
          } else if (kind == Message.ENTRY) {
            String text = text(length);
            if (tag >>> 3 == 1) {
              key = text;
            } else if (key.equals("location")) {
              weights.add(text);
            }
          } else if (kind == Message.NODE && tag >>> 3 == OP_TYPE) {
            operators.add(text(length));
          } else if (held == Message.OTHER) {
            skip(length);
          } else {
            message(held, position + length, depth + 1);
          }
        }
        default -> throw new IOException("No such field in protocol buffers");
      }
    }
    if (external && depth == MAIN_GRAPH) {
      outside.add(key);
    }
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = in.readUnsignedByte();
      position++;
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IOException("A number is too long");
  }

  private void skip(long length) throws IOException {
    in.skipNBytes(length);
    position += length;
  }

  private String text(long length) throws IOException {
    if (length > 1 << 12) {
      throw new IOException("A name is too long");
    }
    byte[] bytes = in.readNBytes((int) length);
    position += length;
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
