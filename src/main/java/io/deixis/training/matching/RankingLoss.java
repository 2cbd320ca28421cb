package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import java.util.function.Function;

/** Cross-entropy of each phrase's softmax over its candidates. */
record RankingLoss() implements Function<MatchingForward, NDArray> {

  @Override
  public NDArray apply(MatchingForward forward) {
    return forward.meanSum(forward.logits().logSoftmax(2).mul(forward.batch().target()).neg());
  }
}
