package io.deixis.training.matching;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * How epochs of the head's training are judged.
 *
 * @param recall returns what averaged weights reach on images held out, in [0, 1]; empty if there
 *     are none
 * @param patience how many epochs in a row may be no better than the best before the training ends
 *     with the best one's weights; 0 trains all epochs and keeps the last one's
 */
public record Validation(Function<Map<String, float[]>, OptionalDouble> recall, int patience) {

  /** Judges nothing. */
  public static final Validation NONE = new Validation(weights -> OptionalDouble.empty(), 0);
}
