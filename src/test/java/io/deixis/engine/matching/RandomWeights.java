package io.deixis.engine.matching;

import io.deixis.engine.bundle.Architecture;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Weights of a matching head that has learnt nothing. */
public final class RandomWeights {

  private RandomWeights() {}

  /** Draws weights of about the size that trained ones have; the same seed gives the same. */
  public static Map<String, float[]> of(int pieces, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> weights = new LinkedHashMap<>();
    Architecture.STANDARD
        .matcherType()
        .shapes(pieces)
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) shape.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * 0.05);
              }
              weights.put(name, values);
            });
    return weights;
  }
}
