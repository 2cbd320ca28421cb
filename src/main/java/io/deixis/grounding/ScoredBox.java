package io.deixis.grounding;

import io.deixis.geometry.Box;

/**
 * A box with its score.
 *
 * @param box in pixels of the upright image
 * @param score calibrated probability that the phrase means this box, in [0, 1]
 */
public record ScoredBox(Box box, double score) {}
