package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import io.deixis.engine.torch.Scalars;
import io.deixis.training.loop.Losses;
import java.util.function.Function;

/**
 * Binary cross-entropy of what each region is by itself: what the phrase says, where it means the
 * region, and something else in the other regions of its image and of other images. Those count
 * little, since a region that is not meant may be of the same kind.
 */
record RecognitionLoss() implements Function<MatchingForward, NDArray> {

  /** What a region that is not meant counts, a region that is counting 1 in all. */
  private static final float OTHERS = 1 / 48f;

  private static final int[] OVER_REGIONS = {2};

  @Override
  public NDArray apply(MatchingForward forward) {
    NDArray logits = forward.recognition();
    HeadBatch batch = forward.batch();
    NDArray others = Scalars.of(logits, OTHERS);
    NDArray own =
        Losses.softplus(logits.neg())
            .mul(batch.target())
            .add(Losses.softplus(logits).mul(batch.positive().sub(1).neg().mul(OTHERS)));
    return forward
        .meanSum(own)
        .add(
            OtherImagesLoss.sum(
                forward,
                other -> Losses.softplus(other.recognition()).sum(OVER_REGIONS).mul(others)));
  }
}
