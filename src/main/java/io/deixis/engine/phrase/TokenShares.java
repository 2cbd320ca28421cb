package io.deixis.engine.phrase;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.deixis.language.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Averages of some pieces' states, all taken by one matrix product. */
final class TokenShares {

  private final int texts;
  private final int length;
  private final List<float[]> rows = new ArrayList<>();
  private final List<Boolean> empty = new ArrayList<>();

  /**
   * Starts with none.
   *
   * @param texts B, how many texts there are
   * @param length T, pieces of the longest
   */
  TokenShares(int texts, int length) {
    this.texts = texts;
    this.length = length;
  }

  /** Asks for the average of some of a text's pieces, perhaps none. */
  void add(int text, Span pieces) {
    float[] row = new float[texts * length];
    int count = pieces.end() - pieces.start();
    Arrays.fill(row, text * length + pieces.start(), text * length + pieces.end(), 1f / count);
    rows.add(row);
    empty.add(count == 0);
  }

  /**
   * Returns the averages in the order asked for, L2-normalised; nothing for the average of none.
   *
   * @param states [B, T, size]
   */
  List<Optional<float[]>> average(NDArray states) {
    int size = (int) states.getShape().get(2);
    float[] flat =
        states
            .getManager()
            .create(rows.toArray(float[][]::new))
            .matMul(states.reshape(new Shape((long) texts * length, size)))
            .normalize(2, 1)
            .toFloatArray();
    List<Optional<float[]>> averages = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      float[] average = Arrays.copyOfRange(flat, i * size, (i + 1) * size);
      averages.add(empty.get(i) ? Optional.empty() : Optional.of(average));
    }
    return averages;
  }
}
