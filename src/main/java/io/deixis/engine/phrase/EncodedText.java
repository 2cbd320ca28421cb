package io.deixis.engine.phrase;

import io.deixis.language.Span;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A text as an encoder reads it: T tokens with a vector each.
 *
 * @param ids the tokens
 * @param places where each token stands in the text, in UTF-16 units; null for marks of beginning
 *     and end
 * @param states the tokens' vectors [T, D], row by row
 */
public record EncodedText(long[] ids, Span[] places, float[] states) {

  /** Returns the tokens that stand somewhere in the text. */
  long[] pieces() {
    return IntStream.range(0, ids.length)
        .filter(i -> places[i] != null)
        .mapToLong(i -> ids[i])
        .toArray();
  }

  /** Returns the mean of all tokens' vectors, L2-normalised. */
  float[] mean() {
    return mean(new Span(0, ids.length));
  }

  /**
   * Returns which tokens lie in a part of the text, as positions among {@link #ids}; empty if the
   * part is cut off.
   *
   * @param start the part's first character, in UTF-16 units
   * @param end one past its last
   */
  Span inside(int start, int end) {
    int first = 0;
    int last = 0;
    for (int i = 0; i < ids.length; i++) {
      if (places[i] != null && places[i].end() > start && places[i].start() < end) {
        first = last == 0 ? i : first;
        last = i + 1;
      }
    }
    return new Span(first, last);
  }

  /** Returns the mean of some tokens' vectors, at least one, L2-normalised. */
  float[] mean(Span tokens) {
    int dimension = states.length / ids.length;
    double[] sum = new double[dimension];
    for (int i = tokens.start(); i < tokens.end(); i++) {
      for (int d = 0; d < dimension; d++) {
        sum[d] += states[i * dimension + d];
      }
    }
    double norm = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
    float[] mean = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      mean[d] = (float) (sum[d] / Math.max(norm, 1e-12));
    }
    return mean;
  }
}
