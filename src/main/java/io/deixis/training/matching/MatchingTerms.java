package io.deixis.training.matching;

import io.deixis.training.loop.LossTerm;
import java.util.List;

/** The loss terms of the matching head; a new one is added here. */
public final class MatchingTerms {

  private MatchingTerms() {}

  /**
   * Returns the terms.
   *
   * @param positiveWeight how much a positive pair counts, a negative counting 1
   */
  public static List<LossTerm<MatchingForward>> of(float positiveWeight) {
    return List.of(
        new LossTerm<>("pairs", 1 / 16f, new PairLoss(positiveWeight)),
        new LossTerm<>("ranking", 1, new RankingLoss()),
        new LossTerm<>("refinement", 1, new RefinementLoss()),
        new LossTerm<>("other images", 1 / 64f, new OtherImagesLoss()),
        new LossTerm<>("recognition", 0.4f, new RecognitionLoss()),
        new LossTerm<>("sibling recognition", 0.4f, new SiblingRecognitionLoss()),
        new LossTerm<>("presence", 0.4f, new PresenceLoss()),
        new LossTerm<>("absence", 0.3f, new AbsenceLoss()),
        new LossTerm<>("sibling presence", 0.3f, new SiblingPresenceLoss()));
  }
}
