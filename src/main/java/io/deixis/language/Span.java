package io.deixis.language;

/**
 * A piece of a text, by UTF-16 positions as {@link String#substring(int, int)} takes them.
 *
 * @param start first character, at least 0
 * @param end one past the last character, at least {@code start}
 */
public record Span(int start, int end) {

  /**
   * Checks the order of the ends.
   *
   * @throws IllegalArgumentException if {@code start} is negative or after {@code end}
   */
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "A span needs 0 <= start <= end, not " + start + ".." + end);
    }
  }

  /** Returns the piece of {@code text} that this span covers. */
  public String of(String text) {
    return text.substring(start, end);
  }
}
