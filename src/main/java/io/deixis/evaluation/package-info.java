/**
 * How good a model's grounding is on a split of a data set.
 *
 * <p>{@link io.deixis.evaluation.SplitGrounding} asks a model for a split, {@link
 * io.deixis.evaluation.ModelEvaluation} scores what it answers, and {@link
 * io.deixis.evaluation.Comparison} sets models side by side, by the measures of {@code metrics}.
 */
package io.deixis.evaluation;
