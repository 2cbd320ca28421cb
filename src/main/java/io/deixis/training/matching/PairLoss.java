package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import io.deixis.training.loop.Losses;
import java.util.function.Function;

/**
 * Binary cross-entropy of every pair, as often as it is drawn.
 *
 * @param positiveWeight how much a positive pair counts, a negative counting 1
 */
record PairLoss(float positiveWeight) implements Function<MatchingForward, NDArray> {

  @Override
  public NDArray apply(MatchingForward forward) {
    HeadBatch batch = forward.batch();
    NDArray weight = batch.positive().mul(positiveWeight - 1).add(1).mul(batch.draws());
    return forward.meanSum(
        Losses.binaryCrossEntropy(forward.scores(), batch.positive()).mul(weight));
  }
}
