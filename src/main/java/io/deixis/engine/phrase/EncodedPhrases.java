package io.deixis.engine.phrase;

import java.util.List;

/**
 * Phrases as numbers.
 *
 * @param sentences one L2-normalised vector for each phrase by itself
 * @param contexts as many numbers, L2-normalised, for each phrase as read in its sentence
 * @param pieces each phrase's word pieces, without the marks of beginning and end
 * @param rivals for each phrase that is asked for what its words compete with; the phrases after
 *     those are only rivals. Empty if nothing competes: all phrases are asked for
 */
public record EncodedPhrases(
    List<float[]> sentences,
    List<float[]> contexts,
    List<long[]> pieces,
    List<List<Rivals>> rivals) {

  /**
   * What a word of a phrase competes with, by the positions of phrases.
   *
   * @param own the shortest phrase about the word's thing
   * @param others the same about others of its kind
   */
  public record Rivals(int own, List<Integer> others) {}

  /** Holds phrases whose words compete with nothing. */
  public EncodedPhrases(List<float[]> sentences, List<float[]> contexts, List<long[]> pieces) {
    this(sentences, contexts, pieces, List.of());
  }

  /** Returns how many phrases are asked for: the first ones. */
  public int asked() {
    return rivals.isEmpty() ? sentences.size() : rivals.size();
  }

  /** Returns roughly how many bytes this takes. */
  public long bytes() {
    long bytes = 64;
    for (int i = 0; i < sentences.size(); i++) {
      bytes += 96 + 4L * (sentences.get(i).length + contexts.get(i).length);
      bytes += 8L * pieces.get(i).length;
    }
    return bytes;
  }
}
