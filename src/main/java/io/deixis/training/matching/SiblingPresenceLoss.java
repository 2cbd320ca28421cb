package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import io.deixis.training.loop.Losses;
import java.util.function.Function;

/**
 * What a sibling says is not in the image: binary cross-entropy of its presence, and a margin to
 * that of its phrase.
 */
record SiblingPresenceLoss() implements Function<MatchingForward, NDArray> {

  @Override
  public NDArray apply(MatchingForward forward) {
    return forward.meanOfSiblings(
        siblings ->
            Losses.softplus(siblings.presence())
                .add(
                    Losses.softplus(
                        siblings
                            .presence()
                            .sub(siblings.truePresence())
                            .add(SiblingRecognitionLoss.MARGIN))));
  }
}
