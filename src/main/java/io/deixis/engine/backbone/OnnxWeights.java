package io.deixis.engine.backbone;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Reads in an ONNX file which weights it names without holding them. The file is a protocol buffer
 * (https://protobuf.dev/programming-guides/encoding), of which three messages on the way are read.
 */
final class OnnxWeights {

  private static final int GRAPH_OF_MODEL = 7;
  private static final int INITIALIZER_OF_GRAPH = 5;
  private static final int NAME_OF_TENSOR = 8;
  private static final int LOCATION_OF_TENSOR = 14;
  private static final int EXTERNAL = 1;

  private OnnxWeights() {}

  /**
   * Returns the names of a model's external tensors.
   *
   * @throws IOException if it is no protocol buffer
   */
  static List<String> outside(byte[] model) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      read(
          ByteBuffer.wrap(model),
          (field, graph) -> {
            if (field.number == GRAPH_OF_MODEL) {
              read(graph, (inGraph, tensor) -> add(inGraph, tensor, names));
            }
          });
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IOException("no protocol buffer", e);
    }
    return names;
  }

  private static void add(Field field, ByteBuffer tensor, List<String> names) {
    if (field.number != INITIALIZER_OF_GRAPH) {
      return;
    }
    String[] name = {null};
    boolean[] external = {false};
    read(
        tensor,
        (inTensor, content) -> {
          if (inTensor.number == NAME_OF_TENSOR) {
            name[0] = StandardCharsets.UTF_8.decode(content).toString();
          } else if (inTensor.number == LOCATION_OF_TENSOR) {
            external[0] = inTensor.value == EXTERNAL;
          }
        });
    if (external[0]) {
      names.add(name[0]);
    }
  }

  /**
   * A field of a message.
   *
   * @param number what the message's definition calls it
   * @param value if it is a number
   */
  private record Field(int number, long value) {}

  /** Gives each field of a message, with its bytes if it has a length. */
  private static void read(ByteBuffer message, BiConsumer<Field, ByteBuffer> to) {
    message.order(ByteOrder.LITTLE_ENDIAN);
    while (message.hasRemaining()) {
      long key = number(message);
      int field = (int) (key >>> 3);
      switch ((int) (key & 7)) {
        case 0 -> to.accept(new Field(field, number(message)), ByteBuffer.allocate(0));
        case 1 -> message.getLong();
        case 5 -> message.getInt();
        case 2 -> {
          int length = Math.toIntExact(Math.min(Integer.MAX_VALUE, number(message)));
          to.accept(new Field(field, 0), message.slice(message.position(), length));
          message.position(message.position() + length);
        }
        default -> throw new IllegalArgumentException("a field of kind " + (key & 7));
      }
    }
  }

  private static long number(ByteBuffer message) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = message.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number without an end");
  }
}
