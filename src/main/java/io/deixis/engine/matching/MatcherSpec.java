package io.deixis.engine.matching;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which matcher a bundle has, as {@code bundle.json} describes it.
 *
 * @param kind a name that {@link MatcherType#of} knows
 * @param sizes its numbers by name
 */
public record MatcherSpec(String kind, Map<String, Integer> sizes) {

  private static final int MOST = 1 << 16;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public MatcherSpec {
    if (kind == null || sizes == null) {
      throw new IllegalArgumentException("it names no kind of matcher, or no sizes");
    }
    sizes = Collections.unmodifiableMap(new TreeMap<>(sizes));
    sizes.forEach(
        (name, size) -> {
          if (size == null || size < 1 || size > MOST) {
            throw new IllegalArgumentException(
                "the matcher's %s is %s, not 1 to %d".formatted(name, size, MOST));
          }
        });
  }

  /**
   * Returns how many others of its kind a phrase's word competes with, as {@link Contrast} says.
   */
  public int rivals() {
    return sizes.getOrDefault("rivals", 0);
  }

  /** Returns the number of that name. */
  int size(String name) {
    Integer size = sizes.get(name);
    if (size == null) {
      throw new IllegalArgumentException("the matcher has no " + name);
    }
    return size;
  }
}
