package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import io.deixis.engine.matching.Matcher;
import io.deixis.engine.torch.Scalars;
import io.deixis.training.loop.Losses;
import java.util.List;
import java.util.function.Function;

/** Binary cross-entropy of phrases with candidates of other images, all of them negative. */
record OtherImagesLoss() implements Function<MatchingForward, NDArray> {

  @Override
  public NDArray apply(MatchingForward forward) {
    return sum(forward, other -> Losses.softplus(other.scores()).sum(new int[] {2}));
  }

  /**
   * Returns the sum over the other images of what a phrase, if that image is a negative one for it,
   * has to do with the image.
   *
   * @param loss from another image to [B, P]
   */
  static NDArray sum(MatchingForward forward, Function<Matcher.Match, NDArray> loss) {
    List<Matcher.Match> others = forward.others();
    NDArray sum = Scalars.of(forward.scores(), 0);
    for (int next = 0; next < others.size(); next++) {
      sum = sum.add(loss.apply(others.get(next)).mul(forward.batch().negatives().get(next)));
    }
    return forward.mean(sum);
  }
}
