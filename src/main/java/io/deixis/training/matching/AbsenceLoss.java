package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import io.deixis.training.loop.Losses;
import java.util.function.Function;

/** Binary cross-entropy of each phrase's best score in other images, which is to be low. */
record AbsenceLoss() implements Function<MatchingForward, NDArray> {

  @Override
  public NDArray apply(MatchingForward forward) {
    return OtherImagesLoss.sum(forward, scores -> Losses.softplus(scores.max(new int[] {2})));
  }
}
