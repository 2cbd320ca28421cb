package io.deixis.training.phrases;

import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.EncodedPhrases;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Phrases as the frozen phrase encoder reads them: float32 vectors, little-endian, in chunks of
 * {@value PhraseOrder#CHUNK} phrases. The bytes stay where they are, on the heap or mapped from a
 * file. A chunk of texts holds two vectors of each text, that of the sentence and that of its
 * words, then of each text the number of its word pieces and the pieces (int32); a chunk of
 * mentions holds a vector of each.
 */
public final class PhraseVectors {

  private final int dimension;
  private final List<ByteBuffer> texts;
  private final List<ByteBuffer> mentions;
  private final Map<String, Integer> textRows = new HashMap<>();
  private final Map<ContextualPhrase, Integer> mentionRows = new HashMap<>();
  private final List<long[]> pieces = new ArrayList<>();

  /**
   * Puts chunks together; the vectors stay where they are.
   *
   * @param texts chunks of what the texts are by themselves, in order
   * @param mentions chunks of the phrases that stand in a sentence, in order; none to have texts
   *     alone
   * @param dimension length of a vector
   * @throws IllegalArgumentException or {@link java.nio.BufferUnderflowException} if a chunk of
   *     texts is cut short
   */
  PhraseVectors(
      PhraseOrder order, List<ByteBuffer> texts, List<ByteBuffer> mentions, int dimension) {
    this.dimension = dimension;
    this.texts = List.copyOf(texts);
    this.mentions = List.copyOf(mentions);
    int next = 0;
    for (List<String> chunk : order.textChunks()) {
      ByteBuffer behind = from(texts.get(next++), 2 * chunk.size());
      for (String text : chunk) {
        textRows.put(text, textRows.size());
        long[] ofText = new long[behind.getInt()];
        Arrays.setAll(ofText, piece -> behind.getInt());
        pieces.add(ofText);
      }
    }
    order.mentions().forEach(phrase -> mentionRows.put(phrase, mentionRows.size()));
  }

  /** Returns a chunk of texts. */
  static ByteBuffer textChunk(EncodedPhrases encoded) {
    int count = encoded.pieces().size();
    int ids = encoded.pieces().stream().mapToInt(ofText -> ofText.length).sum();
    int dimension = encoded.sentences().get(0).length;
    ByteBuffer chunk =
        ByteBuffer.allocate(2 * count * dimension * Float.BYTES + (count + ids) * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      put(chunk, encoded.sentences().get(i));
      put(chunk, encoded.contexts().get(i));
    }
    for (long[] ofText : encoded.pieces()) {
      chunk.putInt(ofText.length);
      Arrays.stream(ofText).forEach(piece -> chunk.putInt(Math.toIntExact(piece)));
    }
    return chunk.flip();
  }

  /** Returns a chunk of mentions. */
  static ByteBuffer mentionChunk(List<float[]> vectors) {
    ByteBuffer chunk =
        ByteBuffer.allocate(vectors.size() * vectors.get(0).length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    vectors.forEach(vector -> put(chunk, vector));
    return chunk.flip();
  }

  private static void put(ByteBuffer chunk, float[] vector) {
    chunk.asFloatBuffer().put(vector);
    chunk.position(chunk.position() + vector.length * Float.BYTES);
  }

  /** Returns a chunk's bytes from a vector on. */
  private ByteBuffer from(ByteBuffer chunk, int vector) {
    return chunk
        .duplicate()
        .position(vector * dimension * Float.BYTES)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private float[] get(List<ByteBuffer> chunks, int perChunk, int index) {
    float[] vector = new float[dimension];
    from(chunks.get(index / perChunk), index % perChunk).asFloatBuffer().get(vector);
    return vector;
  }

  /**
   * Returns the L2-normalised vector of a phrase by itself.
   *
   * @throws IllegalArgumentException if it was not encoded
   */
  public float[] sentence(String text) {
    return get(texts, 2 * PhraseOrder.CHUNK, 2 * row(text));
  }

  /**
   * Returns the L2-normalised vector of a phrase's words as read in its sentence.
   *
   * @throws IllegalArgumentException if it was not encoded
   */
  public float[] context(ContextualPhrase phrase) {
    if (phrase.isAlone()) {
      return get(texts, 2 * PhraseOrder.CHUNK, 2 * row(phrase.text()) + 1);
    }
    Integer row = mentionRows.get(phrase);
    if (row == null) {
      throw new IllegalArgumentException(
          "The phrase \"%s\" was not encoded in its sentence".formatted(phrase.text()));
    }
    return get(mentions, PhraseOrder.CHUNK, row);
  }

  /**
   * Returns the word pieces of a phrase.
   *
   * @throws IllegalArgumentException if it was not encoded
   */
  public long[] pieces(String text) {
    return pieces.get(row(text));
  }

  /** Returns the different word pieces of all phrases, in ascending order. */
  public long[] vocabulary() {
    return pieces.stream().flatMapToLong(Arrays::stream).sorted().distinct().toArray();
  }

  private int row(String text) {
    Integer row = textRows.get(text);
    if (row == null) {
      throw new IllegalArgumentException("The phrase \"%s\" was not encoded".formatted(text));
    }
    return row;
  }
}
