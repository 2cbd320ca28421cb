package io.deixis.training.phrases;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Vectors, float32 and little-endian, in chunks of the same number; the last may have fewer, and
 * each may have something else behind its vectors. The bytes stay where they are, on the heap or
 * mapped from a file.
 *
 * @param chunks the bytes
 * @param perChunk vectors in each chunk but the last
 * @param dimension length of a vector
 */
record VectorChunks(List<ByteBuffer> chunks, int perChunk, int dimension) {

  /** Copies the list. */
  VectorChunks {
    chunks = List.copyOf(chunks);
  }

  /** Returns a chunk's bytes from a vector on. */
  ByteBuffer from(ByteBuffer chunk, int vector) {
    return chunk
        .duplicate()
        .position(vector * dimension * Float.BYTES)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns an empty chunk. */
  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Adds a vector to a chunk. */
  static void put(ByteBuffer chunk, float[] vector) {
    chunk.asFloatBuffer().put(vector);
    chunk.position(chunk.position() + vector.length * Float.BYTES);
  }

  /** Returns a vector by its number from 0. */
  float[] get(int index) {
    float[] vector = new float[dimension];
    from(chunks.get(index / perChunk), index % perChunk).asFloatBuffer().get(vector);
    return vector;
  }
}
