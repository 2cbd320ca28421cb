package io.deixis.engine.phrase;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The float weights of an ONNX model, and which of its operations use them. Only the parts of the
 * format (onnx.proto, IR version 3 and later) that this needs are read: {@code ModelProto.graph},
 * its nodes' names and inputs, its initialisers.
 */
final class OnnxWeights {

  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int NODE_INPUT = 1;
  private static final int NODE_NAME = 3;
  private static final int TENSOR_DIMS = 1;
  private static final int TENSOR_DATA_TYPE = 2;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_RAW_DATA = 9;
  private static final int DATA_TYPE_FLOAT = 1;

  /**
   * A weight.
   *
   * @param shape its axes
   * @param values its numbers, the last axis running fastest
   */
  record Weight(long[] shape, FloatBuffer values) {}

  private final Map<String, Weight> byName = new HashMap<>();
  private final Map<String, List<String>> inputsOfNode = new HashMap<>();

  private OnnxWeights() {}

  /** Reads a model. */
  static OnnxWeights read(InputStream model) throws IOException {
    OnnxWeights weights = new OnnxWeights();
    CodedInputStream in = CodedInputStream.newInstance(model);
    in.setSizeLimit(Integer.MAX_VALUE);
    forEachField(
        in,
        MODEL_GRAPH,
        graph ->
            forEach(
                graph,
                (field, message) -> {
                  if (field == GRAPH_INITIALIZER) {
                    weights.readTensor(message);
                  } else if (field == GRAPH_NODE) {
                    weights.readNode(message);
                  }
                }));
    return weights;
  }

  /**
   * Returns the weight of that name.
   *
   * @throws IOException if the model has none
   */
  Weight named(String name) throws IOException {
    Weight weight = byName.get(name);
    if (weight == null) {
      throw new IOException("The model has no weight called " + name);
    }
    return weight;
  }

  /**
   * Returns the weight that an operation takes, of whatever name.
   *
   * @throws IOException if the model has no such operation or it takes no weight
   */
  Weight ofNode(String node) throws IOException {
    for (String input : inputsOfNode.getOrDefault(node, List.of())) {
      if (byName.containsKey(input)) {
        return byName.get(input);
      }
    }
    throw new IOException("The model has no operation " + node + " with a weight");
  }

  private void readTensor(CodedInputStream in) throws IOException {
    List<Long> dims = new ArrayList<>();
    int type = 0;
    String name = "";
    ByteString data = ByteString.EMPTY;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case TENSOR_DIMS -> {
          if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            int end = in.pushLimit(in.readRawVarint32());
            while (in.getBytesUntilLimit() > 0) {
              dims.add(in.readInt64());
            }
            in.popLimit(end);
          } else {
            dims.add(in.readInt64());
          }
        }
        case TENSOR_DATA_TYPE -> type = in.readInt32();
        case TENSOR_NAME -> name = in.readString();
        case TENSOR_RAW_DATA -> data = in.readBytes();
        default -> in.skipField(tag);
      }
    }
    if (type == DATA_TYPE_FLOAT) {
      ByteBuffer bytes = data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      byName.put(
          name,
          new Weight(dims.stream().mapToLong(Long::longValue).toArray(), bytes.asFloatBuffer()));
    }
  }

  private void readNode(CodedInputStream in) throws IOException {
    String name = "";
    List<String> inputs = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case NODE_INPUT -> inputs.add(in.readString());
        case NODE_NAME -> name = in.readString();
        default -> in.skipField(tag);
      }
    }
    inputsOfNode.put(name, inputs);
  }

  private interface MessageReader {
    void read(CodedInputStream message) throws IOException;
  }

  private interface FieldReader {
    void read(int field, CodedInputStream message) throws IOException;
  }

  private static void forEachField(CodedInputStream in, int wanted, MessageReader reader)
      throws IOException {
    forEach(
        in,
        (field, message) -> {
          if (field == wanted) {
            reader.read(message);
          }
        });
  }

  /** Hands every embedded message to {@code reader}; what it leaves unread is skipped. */
  private static void forEach(CodedInputStream in, FieldReader reader) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int end = in.pushLimit(in.readRawVarint32());
        reader.read(WireFormat.getTagFieldNumber(tag), in);
        in.skipRawBytes(in.getBytesUntilLimit());
        in.popLimit(end);
      } else {
        in.skipField(tag);
      }
    }
  }
}
