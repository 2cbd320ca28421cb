package io.deixis.training.phrases;

import static io.deixis.engine.phrase.SentenceEncoder.SIZE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Vectors of {@value io.deixis.engine.phrase.SentenceEncoder#SIZE} numbers, float32 and
 * little-endian, in chunks of the same number; the last may have fewer, and each may have something
 * else behind its vectors. The bytes stay where they are, on the heap or mapped from a file.
 *
 * @param chunks the bytes
 * @param perChunk vectors in each chunk but the last
 */
record VectorChunks(List<ByteBuffer> chunks, int perChunk) {

  static final int VECTOR_BYTES = SIZE * Float.BYTES;

  /** Copies the list. */
  VectorChunks {
    chunks = List.copyOf(chunks);
  }

  /** Returns a chunk's bytes from a vector on. */
  static ByteBuffer from(ByteBuffer chunk, int vector) {
    return chunk.duplicate().position(vector * VECTOR_BYTES).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns an empty chunk. */
  static ByteBuffer allocate(int vectors, int further) {
    return ByteBuffer.allocate(vectors * VECTOR_BYTES + further).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Adds a vector to a chunk. */
  static void put(ByteBuffer chunk, float[] vector) {
    chunk.asFloatBuffer().put(vector);
    chunk.position(chunk.position() + VECTOR_BYTES);
  }

  /** Returns a vector by its number from 0. */
  float[] get(int index) {
    float[] vector = new float[SIZE];
    from(chunks.get(index / perChunk), index % perChunk).asFloatBuffer().get(vector);
    return vector;
  }
}
