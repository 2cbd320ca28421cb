package io.deixis.training.loop;

import ai.djl.ndarray.NDArray;
import java.util.function.Function;

/**
 * One summand of a stage's loss.
 *
 * @param <F> what the network makes of a batch, which the term reads
 * @param name its column in {@code metrics.csv}, spaces for underscores
 * @param weight its factor in the sum
 * @param value returns the term of a batch before it is weighted, a scalar
 */
public record LossTerm<F>(String name, float weight, Function<F, NDArray> value) {

  /** Returns this term for a network that makes more of a batch than the term reads. */
  public <G> LossTerm<G> on(Function<G, F> part) {
    return new LossTerm<>(name, weight, whole -> value.apply(part.apply(whole)));
  }

  /** Returns this term with a weight so many times as high. */
  public LossTerm<F> times(float factor) {
    return new LossTerm<>(name, weight * factor, value);
  }
}
