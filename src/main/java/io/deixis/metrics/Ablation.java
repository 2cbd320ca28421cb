package io.deixis.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What became of a model as one thing of it was changed: a row of an ablation table. Shares are in
 * [0, 1].
 *
 * @param name of the variant
 * @param change what is different from the model itself, in a few words; blank for itself
 * @param r1 its Recall@1
 * @param low lower end of the 95 % interval of {@code r1}, or null
 * @param high upper end of the 95 % interval of {@code r1}, or null
 * @param r5 its Recall@5, or null
 * @param medr the median rank of the first right box, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ablation(
    String name, String change, double r1, Double low, Double high, Double r5, Double medr) {}
