package io.deixis.dataset.siblings;

import java.util.List;

/**
 * What a word of a phrase competes with.
 *
 * @param own the shortest phrase about the word's thing, such as "a woman" or "a red shirt"
 * @param others the same about others of its kind, at least one
 */
public record WordRivals(String own, List<String> others) {

  /** Copies the list. */
  public WordRivals {
    others = List.copyOf(others);
  }
}
