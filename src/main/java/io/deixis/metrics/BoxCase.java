package io.deixis.metrics;

/**
 * One box of an answer: what a threshold decides on.
 *
 * @param logit its logit
 * @param positive whether it meets a truth box
 */
public record BoxCase(double logit, boolean positive) {}
