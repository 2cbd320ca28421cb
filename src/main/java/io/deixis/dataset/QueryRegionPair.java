package io.deixis.dataset;

/**
 * A phrase beside a candidate region of its image: one example for a matcher.
 *
 * @param query position of the phrase in the list that was paired
 * @param region position of the candidate box in the list that was paired
 * @param iou the best IoU of the region with a truth box of the phrase, in [0, 1]
 * @param elsewhere the best IoU of the region with a truth box of a phrase of another chain, in [0,
 *     1]
 */
public record QueryRegionPair(int query, int region, double iou, double elsewhere) {

  /** The IoU from which on a region counts as what the phrase names. */
  public static final double POSITIVE_IOU = 0.5;

  /** Returns the label. */
  public boolean positive() {
    return iou >= POSITIVE_IOU;
  }

  /**
   * Returns whether this is a hard negative: the region is a thing that the captions name, but not
   * the one that this phrase names.
   */
  public boolean hardNegative() {
    return !positive() && elsewhere >= POSITIVE_IOU;
  }
}
