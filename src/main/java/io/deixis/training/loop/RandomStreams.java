package io.deixis.training.loop;

import java.util.Random;
import java.util.SplittableRandom;

/**
 * The random streams of a training, each a function of the seed and of where the training stands:
 * one that is continued draws what it would have drawn without the stop.
 *
 * @param seed of the whole training
 */
public record RandomStreams(long seed) {

  /** Returns the draws that an epoch as a whole needs, such as its order. */
  public Random ofEpoch(int epoch) {
    return new Random(mixed(epoch, -1));
  }

  /** Returns the draws of one batch of an epoch. */
  public Random ofBatch(int epoch, int batch) {
    return new Random(mixed(epoch, batch));
  }

  /** Returns the seed for the engine's own draws in one batch, such as dropout. */
  public int engineSeed(int epoch, int batch) {
    return new SplittableRandom(~mixed(epoch, batch)).nextInt();
  }

  private long mixed(int epoch, int batch) {
    long ofSeed = new SplittableRandom(seed).nextLong();
    long ofEpoch = new SplittableRandom(ofSeed + epoch).nextLong();
    return new SplittableRandom(ofEpoch + batch).nextLong();
  }
}
