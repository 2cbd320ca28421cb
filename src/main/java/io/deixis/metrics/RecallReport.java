package io.deixis.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Recall on a split, as {@code evaluate --json} prints it.
 *
 * @param score of the predictions
 * @param candidates how many phrases any candidate region meets before it is refined: the upper
 *     bound of matching
 * @param absent how well absent phrases are recognised; null if none was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecallReport(GroundingScore score, RecallTable candidates, AbsenceTable absent) {}
