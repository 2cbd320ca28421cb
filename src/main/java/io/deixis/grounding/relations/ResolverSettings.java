package io.deixis.grounding.relations;

/**
 * What was chosen on held-out images.
 *
 * @param slope of the chance to be an instance over the logit, relative to the best candidate's
 * @param doubt logit of the best candidate's own chance to be an instance
 * @param witness weight of the matcher's own score of the whole phrase, times the relation's
 * @param share an instance of at least this chance is among "all"
 */
public record ResolverSettings(double slope, double doubt, double witness, double share) {

  /** The settings in use. */
  public static final ResolverSettings DEFAULTS = new ResolverSettings(1.5, 3, 1, 0.5);

  /** Returns the chance that a candidate is an instance. */
  double chance(double logit, double best) {
    return 1 / (1 + Math.exp(-(slope * (logit - best) + doubt)));
  }
}
