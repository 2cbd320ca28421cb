package io.deixis.metrics;

/**
 * Recall on a split, as {@code evaluate --json} prints it.
 *
 * @param score of the predictions
 * @param candidates how many phrases any candidate region meets before it is refined: the upper
 *     bound of matching
 */
public record RecallReport(GroundingScore score, RecallTable candidates) {}
