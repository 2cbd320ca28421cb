package io.deixis.grounding.relations;

import io.deixis.geometry.Box;

/**
 * A box that may be one of the things that a noun phrase names.
 *
 * @param box in pixels
 * @param chance probability that it is one, in [0, 1]
 * @param logit the matcher's own logit, not calibrated
 */
record Instance(Box box, double chance, double logit) {

  /** Returns this one with another chance. */
  Instance withChance(double other) {
    return new Instance(box, other, logit);
  }
}
