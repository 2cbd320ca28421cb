package io.deixis.engine.phrase;

import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The word pieces that have a trained embedding, and their rows in it. */
public final class PieceVocabulary {

  private static final int UNKNOWN = 0;

  private final Map<Long, Integer> rowOfPiece = new HashMap<>();

  /**
   * Creates a vocabulary.
   *
   * @param pieces the tokenizer's ids, that of row 1 first; row 0 is for every other piece
   */
  public PieceVocabulary(long[] pieces) {
    for (int i = 0; i < pieces.length; i++) {
      rowOfPiece.put(pieces[i], i + 1);
    }
  }

  /** Returns how many rows the embedding has. */
  public int rows() {
    return rowOfPiece.size() + 1;
  }

  /**
   * Phrases' rows, padded to one length.
   *
   * @param rows phrase after phrase
   * @param present 1 for a piece, 0 for padding
   * @param shape [phrases, longest]
   */
  public record Batch(long[] rows, float[] present, Shape shape) {}

  /** Returns phrases' rows. */
  public Batch batch(List<long[]> phrases) {
    int longest = Math.max(1, phrases.stream().mapToInt(p -> p.length).max().orElse(1));
    long[] rows = new long[phrases.size() * longest];
    float[] present = new float[rows.length];
    for (int p = 0; p < phrases.size(); p++) {
      long[] pieces = phrases.get(p);
      for (int i = 0; i < pieces.length; i++) {
        rows[p * longest + i] = rowOfPiece.getOrDefault(pieces[i], UNKNOWN);
        present[p * longest + i] = 1;
      }
    }
    return new Batch(rows, present, new Shape(phrases.size(), longest));
  }
}
