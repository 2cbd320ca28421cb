package io.deixis.geometry;

import java.util.ArrayList;
import java.util.List;

/** Greedy non-maximum suppression: of boxes that overlap, the best one stays. */
public final class NonMaximumSuppression {

  private final double iouThreshold;

  /**
   * Creates the filter.
   *
   * @param iouThreshold a box whose IoU with a better, kept one is above this is dropped; in [0, 1]
   *     where 1 keeps every box
   */
  public NonMaximumSuppression(double iouThreshold) {
    if (!(iouThreshold >= 0 && iouThreshold <= 1)) {
      throw new IllegalArgumentException(
          "The NMS threshold is an IoU in [0, 1], not " + iouThreshold);
    }
    this.iouThreshold = iouThreshold;
  }

  /**
   * Returns the positions of the boxes that stay, best first.
   *
   * @param bestFirst boxes in order of falling score
   * @param limit stop once this many are kept
   */
  public List<Integer> keep(List<Box> bestFirst, int limit) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < bestFirst.size() && kept.size() < limit; i++) {
      Box candidate = bestFirst.get(i);
      if (kept.stream().noneMatch(k -> bestFirst.get(k).iou(candidate) > iouThreshold)) {
        kept.add(i);
      }
    }
    return kept;
  }
}
