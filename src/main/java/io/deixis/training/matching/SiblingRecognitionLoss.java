package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import io.deixis.training.loop.Losses;
import java.util.function.Function;

/**
 * What a sibling says is not what the region of its phrase is: binary cross-entropy there, and a
 * margin to the phrase itself.
 */
record SiblingRecognitionLoss() implements Function<MatchingForward, NDArray> {

  static final float MARGIN = 0.5f;

  @Override
  public NDArray apply(MatchingForward forward) {
    return forward.meanOfSiblings(
        siblings ->
            Losses.softplus(siblings.recognition())
                .add(
                    Losses.softplus(
                        siblings.recognition().sub(siblings.trueRecognition()).add(MARGIN)))
                .mul(siblings.target())
                .sum(new int[] {2}));
  }
}
