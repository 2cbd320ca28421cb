package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import io.deixis.training.loop.Losses;
import java.util.function.Function;

/** Binary cross-entropy of each phrase's presence in its own image. */
record PresenceLoss() implements Function<MatchingForward, NDArray> {

  @Override
  public NDArray apply(MatchingForward forward) {
    return forward.mean(Losses.softplus(forward.presence().neg()));
  }
}
