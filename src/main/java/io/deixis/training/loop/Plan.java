package io.deixis.training.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * The optimiser's settings of a stage.
 *
 * @param phases one after the other, each with a learning rate schedule and moments of its own
 * @param batchSize images a step
 * @param warmUp most steps until a phase's learning rate has reached its peak
 * @param maxNorm gradients are scaled down to this global norm
 * @param averageDecay decay of the moving average of the weights, which is what a stage leaves
 * @param stepsPerAverage how many steps lie between two updates of the average
 * @param seed of initial weights, order, draws and dropout
 */
public record Plan(
    List<Phase> phases,
    int batchSize,
    int warmUp,
    float maxNorm,
    float averageDecay,
    int stepsPerAverage,
    int seed) {

  /**
   * Some epochs of one kind.
   *
   * @param epochs passes over the images
   * @param learningRate peak rate
   * @param dropout share of inputs dropped
   */
  public record Phase(int epochs, float learningRate, float dropout) {}

  /** Copies the phases. */
  public Plan {
    phases = List.copyOf(phases);
  }

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

  /** Returns the first epoch of the phase that an epoch is of, both counted from 0. */
  int phaseStart(int epoch) {
    int start = 0;
    for (Phase phase : phases) {
      if (epoch < start + phase.epochs()) {
        return start;
      }
      start += phase.epochs();
    }
    return start;
  }

  /**
   * Returns the same plan for another number of epochs, shared out among the phases as theirs were;
   * phases that get none are left out.
   */
  public Plan withEpochs(int epochs) {
    List<Phase> shared = new ArrayList<>();
    int all = epochs();
    int before = 0;
    int given = 0;
    for (Phase phase : phases) {
      before += phase.epochs();
      int end = (int) Math.ceil((double) epochs * before / all);
      if (end > given) {
        shared.add(new Phase(end - given, phase.learningRate(), phase.dropout()));
      }
      given = end;
    }
    return withPhases(shared);
  }

  /** Returns the plan of the first phase alone, with another number of epochs, which may be 0. */
  public Plan ofEpochs(int epochs) {
    Phase first = phases.get(0);
    return withPhases(List.of(new Phase(epochs, first.learningRate(), first.dropout())));
  }

  /** Returns the same plan with the first phase's peak rate, the others' in proportion. */
  public Plan withLearningRate(float learningRate) {
    float scale = learningRate / phases.get(0).learningRate();
    return withPhases(
        phases.stream()
            .map(phase -> new Phase(phase.epochs(), phase.learningRate() * scale, phase.dropout()))
            .toList());
  }

  /**
   * Returns the same plan with the first phase's dropout, the others' in proportion, if it has any.
   */
  public Plan withDropout(float dropout) {
    float first = phases.get(0).dropout();
    return withPhases(
        phases.stream()
            .map(
                phase ->
                    new Phase(
                        phase.epochs(),
                        phase.learningRate(),
                        first == 0 ? dropout : Math.min(0.9f, phase.dropout() / first * dropout)))
            .toList());
  }

  /** Returns the same plan with other phases. */
  public Plan withPhases(List<Phase> others) {
    return new Plan(others, batchSize, warmUp, maxNorm, averageDecay, stepsPerAverage, seed);
  }

  /** Returns the same plan with other images a step. */
  public Plan withBatchSize(int images) {
    return new Plan(phases, images, warmUp, maxNorm, averageDecay, stepsPerAverage, seed);
  }

  /** Returns the same plan with another seed. */
  public Plan withSeed(int other) {
    return new Plan(phases, batchSize, warmUp, maxNorm, averageDecay, stepsPerAverage, other);
  }
}
