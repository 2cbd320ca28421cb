package io.deixis.training.phrases;

import io.deixis.engine.phrase.EncodedPhrases;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What texts are by themselves. A chunk holds two vectors of each text, that of the sentence and
 * that of its words, then of each text the number of its word pieces and the pieces (int32).
 */
final class TextVectors {

  private final Map<String, Integer> rows = new HashMap<>();
  private final List<long[]> pieces = new ArrayList<>();
  private final VectorChunks vectors;

  /**
   * Reads the word pieces; the vectors stay where they are.
   *
   * @param chunks those of all texts, in order
   * @param dimension length of a vector
   * @throws IllegalArgumentException or {@link java.nio.BufferUnderflowException} if a chunk is cut
   *     short
   */
  TextVectors(PhraseOrder order, List<ByteBuffer> chunks, int dimension) {
    vectors = new VectorChunks(chunks, 2 * PhraseOrder.CHUNK, dimension);
    int next = 0;
    for (List<String> texts : order.textChunks()) {
      ByteBuffer behind = vectors.from(chunks.get(next++), 2 * texts.size());
      for (String text : texts) {
        rows.put(text, rows.size());
        long[] ofText = new long[behind.getInt()];
        for (int piece = 0; piece < ofText.length; piece++) {
          ofText[piece] = behind.getInt();
        }
        pieces.add(ofText);
      }
    }
  }

  /** Returns a chunk as this class reads it. */
  static ByteBuffer chunk(EncodedPhrases texts) {
    int count = texts.pieces().size();
    int ids = texts.pieces().stream().mapToInt(ofText -> ofText.length).sum();
    ByteBuffer chunk =
        VectorChunks.allocate(
            2 * count * texts.sentences().get(0).length * Float.BYTES
                + (count + ids) * Integer.BYTES);
    for (int i = 0; i < count; i++) {
      VectorChunks.put(chunk, texts.sentences().get(i));
      VectorChunks.put(chunk, texts.contexts().get(i));
    }
    for (long[] ofText : texts.pieces()) {
      chunk.putInt(ofText.length);
      for (long piece : ofText) {
        chunk.putInt(Math.toIntExact(piece));
      }
    }
    return chunk.flip();
  }

  /** Returns the vector of a text as a sentence. */
  float[] sentence(String text) {
    return vectors.get(2 * row(text));
  }

  /** Returns the vector of a text's words. */
  float[] words(String text) {
    return vectors.get(2 * row(text) + 1);
  }

  /** Returns a text's word pieces. */
  long[] pieces(String text) {
    return pieces.get(row(text));
  }

  /** Returns the word pieces of all texts, in order. */
  List<long[]> pieces() {
    return pieces;
  }

  private int row(String text) {
    Integer row = rows.get(text);
    if (row == null) {
      throw new IllegalArgumentException("The phrase \"%s\" was not encoded".formatted(text));
    }
    return row;
  }
}
