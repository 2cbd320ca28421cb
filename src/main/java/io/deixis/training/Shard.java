package io.deixis.training;

import java.util.List;

/**
 * One of several parts of a list that machines work on side by side.
 *
 * @param index which part, from 0
 * @param count how many parts there are
 */
public record Shard(int index, int count) {

  /** The list as a whole. */
  public static final Shard WHOLE = new Shard(0, 1);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no such part
   */
  public Shard {
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "A shard is 0/N to N-1 of N, not " + index + " of " + count);
    }
  }

  /** Returns the part's elements; all parts' elements, in order, are the list. */
  <T> List<T> of(List<T> all) {
    long size = all.size();
    return all.subList((int) (size * index / count), (int) (size * (index + 1) / count));
  }

  /** Returns the name of the folder with the part's results. */
  String folder() {
    return "shard-" + index + "-of-" + count;
  }
}
