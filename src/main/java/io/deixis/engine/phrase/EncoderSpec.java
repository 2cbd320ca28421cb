package io.deixis.engine.phrase;

/**
 * Which phrase encoder a bundle was trained with, as {@code bundle.json} describes it.
 *
 * @param kind a name that {@link PhraseEncoder#load} knows
 * @param dimension length of its vectors
 */
public record EncoderSpec(String kind, int dimension) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no kind, or no dimension
   */
  public EncoderSpec {
    if (kind == null || dimension < 1 || dimension > 1 << 16) {
      throw new IllegalArgumentException("it names no phrase encoder with a dimension");
    }
  }
}
