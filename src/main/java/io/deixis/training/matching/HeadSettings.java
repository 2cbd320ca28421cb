package io.deixis.training.matching;

import io.deixis.training.loop.Plan;
import java.util.List;

/**
 * How the matching head is trained.
 *
 * @param plan how its weights are moved
 * @param candidates most candidates drawn for an image and step
 * @param phrases most phrases drawn for an image and step
 * @param relations most phrases made from annotations drawn besides
 * @param rarity how much more phrases of rare entity types count, as {@link TypeWeights#of} takes
 *     it
 * @param positiveWeight how much a positive pair counts in the cross-entropy
 * @param oversampling how many positive pairs are drawn for each negative one at least; 0 draws
 *     every pair once
 * @param siblings most siblings drawn for an image and step, of the phrases drawn
 * @param withoutSiblings kinds of words that no sibling is made of, so that a model can be measured
 *     on a kind that it was not trained with
 */
public record HeadSettings(
    Plan plan,
    int candidates,
    int phrases,
    int relations,
    float rarity,
    PositiveWeight positiveWeight,
    double oversampling,
    int siblings,
    List<String> withoutSiblings) {

  /** The settings of the published bundle. */
  public static final HeadSettings DEFAULTS =
      new HeadSettings(
          new Plan(
              List.of(new Plan.Phase(6, 1e-3f, 0.1f), new Plan.Phase(3, 6e-4f, 0.15f)),
              16,
              100,
              5,
              0.99f,
              5,
              7),
          96,
          10,
          4,
          0.25f,
          new PositiveWeight(4),
          0,
          6,
          List.of("instruments"));

  /** Copies the list. */
  public HeadSettings {
    withoutSiblings = List.copyOf(withoutSiblings);
  }

  /** Returns the same settings with another plan. */
  public HeadSettings with(Plan other) {
    return with(other, positiveWeight, oversampling, withoutSiblings);
  }

  /** Returns the same settings with all that concerns positive pairs and siblings. */
  public HeadSettings with(
      Plan other, PositiveWeight weight, double perNegative, List<String> siblingsLeftOut) {
    return new HeadSettings(
        other,
        candidates,
        phrases,
        relations,
        rarity,
        weight,
        perNegative,
        siblings,
        siblingsLeftOut);
  }

  /** Returns the same settings with other numbers drawn for an image and step. */
  public HeadSettings drawing(int mostCandidates, int mostRelations) {
    return new HeadSettings(
        plan,
        mostCandidates,
        phrases,
        mostRelations,
        rarity,
        positiveWeight,
        oversampling,
        siblings,
        withoutSiblings);
  }
}
