package io.deixis.grounding.relations;

import io.deixis.geometry.Box;
import java.util.List;

/**
 * What a relation is judged in: the things of which some are meant, and what they are related to.
 *
 * @param targets the things that the target's noun phrase may name
 * @param references for each reference of the relation, what it may be
 * @param place the place in the order that the relation makes, from 1
 * @param width of the image in pixels
 * @param height of the image in pixels
 */
record Setting(
    List<Instance> targets,
    List<List<Instance>> references,
    int place,
    double width,
    double height) {

  /** Returns the same for another place in the order. */
  Setting at(int other) {
    return new Setting(targets, references, other, width, height);
  }

  Box box(int target) {
    return targets.get(target).box();
  }

  int count() {
    return targets.size();
  }

  double diagonal() {
    return Math.hypot(width, height);
  }
}
