package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import io.deixis.training.loop.Losses;
import java.util.function.Function;

/** Binary cross-entropy of each phrase's best score in its own image, which is to be high. */
record PresenceLoss() implements Function<MatchingForward, NDArray> {

  @Override
  public NDArray apply(MatchingForward forward) {
    return forward.mean(Losses.softplus(forward.scores().max(new int[] {2}).neg()));
  }
}
