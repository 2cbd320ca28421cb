/**
 * How good grounding is, in the terms of the field. A measure takes in one case after another by
 * {@code update} and gives its metrics by {@code compute}.
 *
 * <p>{@link io.deixis.evaluation.GroundingEvaluator} scores boxes against phrases (Recall@k);
 * {@link io.deixis.evaluation.ThresholdSweep}, {@link io.deixis.evaluation.Auroc}, {@link
 * io.deixis.evaluation.CalibrationFit} and {@link io.deixis.evaluation.CalibrationError} judge
 * scores against labels.
 */
package io.deixis.evaluation;
