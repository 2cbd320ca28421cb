package io.deixis.grounding.relations;

/** How likely a relation holds of each of several things. Implementations have no state. */
interface BoxRelation {

  /**
   * Judges every target.
   *
   * @param setting the targets and what they are related to
   * @return for each target the chance, in [0, 1], that the relation holds of it if it is one of
   *     the things that its noun phrase names
   */
  double[] chances(Setting setting);

  /**
   * Returns how much the matcher's own score of the whole phrase counts beside this relation: the
   * exponent of its share among the targets. Chosen on held-out images.
   *
   * @param place the place in the order that the relation makes, from 1
   */
  double witness(int place);
}
