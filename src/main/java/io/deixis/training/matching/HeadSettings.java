package io.deixis.training.matching;

import java.util.ArrayList;
import java.util.List;

/**
 * How the matching head is trained.
 *
 * @param phases one after the other, each with its own learning rate schedule
 * @param batchSize images a step
 * @param candidates most candidates drawn for an image and step
 * @param phrases most phrases drawn for an image and step
 * @param relations most phrases made from annotations drawn besides
 * @param rarity how much more phrases of rare entity types count, as {@link TypeWeights#of} takes
 *     it
 * @param positiveWeight how much a positive pair counts in the cross-entropy, a negative counting 1
 * @param seed of weights and draws
 */
public record HeadSettings(
    List<Phase> phases,
    int batchSize,
    int candidates,
    int phrases,
    int relations,
    float rarity,
    float positiveWeight,
    int seed) {

  /** The settings of the published bundle. */
  public static final HeadSettings DEFAULTS =
      new HeadSettings(
          List.of(new Phase(6, 1e-3f, 0.1f, true), new Phase(3, 6e-4f, 0.15f, true)),
          16,
          96,
          10,
          4,
          0.25f,
          4,
          7);

  /** Returns how many epochs there are in all. */
  public int epochs() {
    return phases.stream().mapToInt(Phase::epochs).sum();
  }

  /**
   * Returns the phase that an epoch is of.
   *
   * @param epoch counted from 0
   * @throws IllegalArgumentException if there is no such epoch
   */
  Phase phaseOf(int epoch) {
    int end = 0;
    for (Phase phase : phases) {
      end += phase.epochs();
      if (epoch < end) {
        return phase;
      }
    }
    throw new IllegalArgumentException("There are " + end + " epochs, so none numbered " + epoch);
  }

  /** Returns the first epoch of a phase, counted from 0. */
  int firstEpochOf(Phase phase) {
    int first = 0;
    for (Phase earlier : phases) {
      if (earlier == phase) {
        return first;
      }
      first += earlier.epochs();
    }
    throw new IllegalArgumentException("It is no phase of this training: " + phase);
  }

  /**
   * Returns the same settings for another number of epochs, shared out among the phases as theirs
   * were; phases that get none are left out.
   */
  public HeadSettings withEpochs(int epochs) {
    List<Phase> shared = new ArrayList<>();
    int before = 0;
    int given = 0;
    for (Phase phase : phases) {
      before += phase.epochs();
      int end = (int) Math.ceil((double) epochs * before / epochs());
      if (end > given) {
        shared.add(
            new Phase(end - given, phase.learningRate(), phase.dropout(), phase.otherImages()));
      }
      given = end;
    }
    return new HeadSettings(
        shared, batchSize, candidates, phrases, relations, rarity, positiveWeight, seed);
  }

  /** Returns the same settings with the first phase's peak rate, the others' in proportion. */
  public HeadSettings withLearningRate(float learningRate) {
    float scale = learningRate / phases.get(0).learningRate();
    List<Phase> scaled =
        phases.stream()
            .map(
                phase ->
                    new Phase(
                        phase.epochs(),
                        phase.learningRate() * scale,
                        phase.dropout(),
                        phase.otherImages()))
            .toList();
    return new HeadSettings(
        scaled, batchSize, candidates, phrases, relations, rarity, positiveWeight, seed);
  }

  /** Returns the same settings with other images a step. */
  public HeadSettings withBatchSize(int images) {
    return new HeadSettings(
        phases, images, candidates, phrases, relations, rarity, positiveWeight, seed);
  }

  /** Returns the same settings with another weight of positive pairs. */
  public HeadSettings withPositiveWeight(float weight) {
    return new HeadSettings(
        phases, batchSize, candidates, phrases, relations, rarity, weight, seed);
  }

  /** Returns the same settings with other phrases made from annotations. */
  public HeadSettings withRelations(int most) {
    return new HeadSettings(
        phases, batchSize, candidates, phrases, most, rarity, positiveWeight, seed);
  }

  /** Returns the same settings with another seed. */
  public HeadSettings withSeed(int other) {
    return new HeadSettings(
        phases, batchSize, candidates, phrases, relations, rarity, positiveWeight, other);
  }

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
