package io.deixis.training.matching;

import java.util.List;

/**
 * How the matching head is trained.
 *
 * @param phases one after the other, each with its own learning rate schedule
 * @param batchSize images a step
 * @param candidates most candidates drawn for an image and step
 * @param phrases most phrases drawn for an image and step
 * @param relations most phrases made from annotations drawn besides
 * @param positiveWeight how much a positive pair counts in the cross-entropy, a negative counting 1
 * @param seed of weights and draws
 */
public record HeadSettings(
    List<Phase> phases,
    int batchSize,
    int candidates,
    int phrases,
    int relations,
    float positiveWeight,
    int seed) {

  /** The settings of the published bundle. */
  public static final HeadSettings DEFAULTS =
      new HeadSettings(
          List.of(new Phase(6, 1e-3f, 0.1f, false), new Phase(3, 6e-4f, 0.15f, true)),
          16,
          96,
          10,
          2,
          4,
          7);

  /**
   * Some epochs of one kind.
   *
   * @param epochs passes over the images
   * @param learningRate peak rate
   * @param dropout share of inputs dropped
   * @param otherImages whether phrases are also shown images that they are not about
   */
  public record Phase(int epochs, float learningRate, float dropout, boolean otherImages) {}
}
