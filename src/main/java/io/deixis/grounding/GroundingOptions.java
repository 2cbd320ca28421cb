package io.deixis.grounding;

import java.util.OptionalDouble;

/**
 * How to answer.
 *
 * @param threshold the calibrated score from which a box counts as found
 * @param top most boxes returned for each phrase, from 1 to 100
 * @param nms IoU in [0, 1] above which the worse of two boxes of a phrase is dropped; empty for
 *     that of the model
 */
public record GroundingOptions(Threshold threshold, int top, OptionalDouble nms) {

  /** The options of a request that names none. */
  public static final GroundingOptions DEFAULTS =
      new GroundingOptions(Threshold.BEST, 5, OptionalDouble.empty());

  /**
   * Checks the ranges.
   *
   * @throws GroundingException with reason {@code OPTION_INVALID} naming the field
   */
  public GroundingOptions {
    if (top < 1 || top > 100) {
      throw new GroundingException(
          Refusal.Reason.OPTION_INVALID,
          "top",
          "The option \"top\" is " + top,
          "use a whole number from 1 to 100");
    }
    if (nms.isPresent() && !(nms.getAsDouble() >= 0 && nms.getAsDouble() <= 1)) {
      throw new GroundingException(
          Refusal.Reason.OPTION_INVALID,
          "nms",
          "The option \"nms\" is " + nms.getAsDouble(),
          "use an IoU from 0 to 1");
    }
  }

  /** Creates options that tell the overlap at which boxes are dropped. */
  public GroundingOptions(Threshold threshold, int top, double nms) {
    this(threshold, top, OptionalDouble.of(nms));
  }
}
