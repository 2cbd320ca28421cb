package io.deixis.training.phrases;

import io.deixis.engine.phrase.ContextualPhrase;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Phrases as the frozen phrase encoder reads them. */
public final class PhraseVectors {

  private final TextVectors texts;
  private final Map<ContextualPhrase, Integer> rows = new HashMap<>();
  private final VectorChunks said;

  /**
   * Puts chunks together.
   *
   * @param texts what the texts are by themselves
   * @param said chunks of the phrases that stand in a sentence, one vector for each, in order
   * @param dimension length of a vector
   */
  PhraseVectors(PhraseOrder order, TextVectors texts, List<ByteBuffer> said, int dimension) {
    this.texts = texts;
    this.said = new VectorChunks(said, PhraseOrder.CHUNK, dimension);
    order.said().forEach(phrase -> rows.put(phrase, rows.size()));
  }

  /**
   * Returns the L2-normalised vector of a phrase by itself.
   *
   * @throws IllegalArgumentException if it was not encoded
   */
  public float[] sentence(String text) {
    return texts.sentence(text);
  }

  /**
   * Returns the L2-normalised vector of a phrase's words as read in its sentence.
   *
   * @throws IllegalArgumentException if it was not encoded
   */
  public float[] context(ContextualPhrase phrase) {
    if (phrase.isAlone()) {
      return texts.words(phrase.text());
    }
    Integer row = rows.get(phrase);
    if (row == null) {
      throw new IllegalArgumentException(
          "The phrase \"%s\" was not encoded in its sentence".formatted(phrase.text()));
    }
    return said.get(row);
  }

  /**
   * Returns the word pieces of a phrase.
   *
   * @throws IllegalArgumentException if it was not encoded
   */
  public long[] pieces(String text) {
    return texts.pieces(text);
  }

  /** Returns the different word pieces of all phrases, in ascending order. */
  public long[] vocabulary() {
    return texts.pieces().stream().flatMapToLong(Arrays::stream).sorted().distinct().toArray();
  }
}
