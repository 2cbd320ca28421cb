package io.deixis.engine.phrase;

import java.util.List;

/**
 * Phrases as numbers.
 *
 * @param sentences one L2-normalised vector for each phrase by itself
 * @param contexts as many numbers, L2-normalised, for each phrase as read in its sentence
 * @param pieces each phrase's word pieces, without the marks of beginning and end
 */
public record EncodedPhrases(List<float[]> sentences, List<float[]> contexts, List<long[]> pieces) {

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
