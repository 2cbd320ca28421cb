package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import io.deixis.training.loop.Losses;
import java.util.function.Function;

/** Binary cross-entropy of each phrase's presence in other images, where it is absent. */
record AbsenceLoss() implements Function<MatchingForward, NDArray> {

  @Override
  public NDArray apply(MatchingForward forward) {
    return OtherImagesLoss.sum(forward, other -> Losses.softplus(other.presence().squeeze(2)));
  }
}
