/**
 * A model's answers over a split and the figures that judge their scores: {@link
 * io.deixis.evaluation.split.EvaluatedSplit} holds the answers, {@link
 * io.deixis.evaluation.split.SplitReport} everything that is told of them, {@link
 * io.deixis.evaluation.split.ThresholdTuning} the thresholds that suit them best.
 */
package io.deixis.evaluation.split;
