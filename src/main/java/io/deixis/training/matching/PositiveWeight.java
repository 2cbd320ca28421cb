package io.deixis.training.matching;

import java.util.Map;
import java.util.function.Supplier;

/**
 * How much a positive pair counts in the cross-entropy, a negative one counting 1.
 *
 * @param given the weight; 0 for the one that follows from how many pairs of each kind there are
 */
public record PositiveWeight(float given) {

  /** Makes both kinds of pairs, as they are drawn, count the same in all. */
  public static final PositiveWeight AUTO = new PositiveWeight(0);

  /** Returns whether the weight follows from the pairs. */
  public boolean isAuto() {
    return given == 0;
  }

  /**
   * Returns the weight that is in force.
   *
   * @param balance counts the pairs; asked only if the weight follows from them
   * @param oversampling how many positive pairs are drawn for each negative one at least
   */
  public float inForce(Supplier<PairBalance> balance, double oversampling) {
    return isAuto() ? balance.get().positiveWeight(oversampling) : given;
  }

  /**
   * Returns what a stage found out by itself: the weight in force, if it follows from the pairs.
   */
  public Map<String, String> found(float inForce) {
    return isAuto() ? Map.of("positive weight", inForce + ", by auto") : Map.of();
  }

  @Override
  public String toString() {
    return isAuto() ? "auto" : Float.toString(given);
  }
}
