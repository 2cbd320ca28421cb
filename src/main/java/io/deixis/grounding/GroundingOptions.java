package io.deixis.grounding;

/**
 * How to answer.
 *
 * @param threshold the calibrated score from which a box counts as found
 * @param top most boxes returned for each phrase, from 1 to 100
 * @param nms IoU in [0, 1] above which the worse of two boxes of a phrase is dropped
 */
public record GroundingOptions(Threshold threshold, int top, double nms) {

  /** The options of a request that names none. */
  public static final GroundingOptions DEFAULTS = new GroundingOptions(Threshold.BEST, 5, 0.5);

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
    if (!(nms >= 0 && nms <= 1)) {
      throw new GroundingException(
          Refusal.Reason.OPTION_INVALID,
          "nms",
          "The option \"nms\" is " + nms,
          "use an IoU from 0 to 1");
    }
  }
}
