package io.deixis.metrics;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One box of an answer: what a threshold decides on.
 *
 * @param logit its logit
 * @param positive whether it meets a truth box
 */
public record BoxCase(double logit, boolean positive) {

  /** Returns the calibrated scores of those cases that are positive, or of those that are not. */
  static DoubleStream scores(List<BoxCase> cases, boolean positive, Calibration calibration) {
    return cases.stream()
        .filter(box -> box.positive() == positive)
        .mapToDouble(box -> calibration.probability(box.logit()));
  }
}
