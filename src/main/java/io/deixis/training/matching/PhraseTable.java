package io.deixis.training.matching;

import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.PieceVocabulary;
import io.deixis.training.phrases.PhraseVectors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** The encoded phrases of a training, and the word pieces that have a row in its embedding. */
public final class PhraseTable {

  private final PhraseVectors vectors;
  private final long[] vocabulary;
  private final PieceVocabulary pieceVocabulary;

  private PhraseTable(PhraseVectors vectors, long[] vocabulary) {
    this.vectors = vectors;
    this.vocabulary = vocabulary;
    this.pieceVocabulary = new PieceVocabulary(vocabulary);
  }

  /**
   * Takes phrases to train on.
   *
   * @param known word pieces that are in the vocabulary whether or not the phrases have them; those
   *     of the phrases follow
   */
  public static PhraseTable of(PhraseVectors vectors, long[] known) {
    return new PhraseTable(
        vectors,
        LongStream.concat(Arrays.stream(known), Arrays.stream(vectors.vocabulary()))
            .distinct()
            .toArray());
  }

  /** Takes phrases that are not trained on: pieces outside of this vocabulary stay unknown. */
  public PhraseTable others(PhraseVectors others) {
    return new PhraseTable(others, vocabulary);
  }

  /** Returns the sentence vector of a phrase. */
  public float[] sentence(String text) {
    return vectors.sentence(text);
  }

  /** Returns the vector of a phrase as read in its sentence. */
  public float[] context(ContextualPhrase phrase) {
    return vectors.context(phrase);
  }

  /** Returns the word pieces of phrases, as rows of the trained embedding. */
  public PieceVocabulary.Batch pieces(List<String> texts) {
    return pieceVocabulary.batch(texts.stream().map(vectors::pieces).toList());
  }

  /** Returns how many rows the trained embedding has. */
  public int rows() {
    return pieceVocabulary.rows();
  }

  /** Returns the vocabulary as it is stored in a bundle. */
  public Safetensors.Tensor vocabulary() {
    return Safetensors.Tensor.of(vocabulary);
  }
}
