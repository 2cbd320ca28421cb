package io.deixis.engine.region;

import ai.djl.ndarray.NDArray;

/**
 * Principal components of region appearance, whitened: {@code (x - mean) * basis}.
 *
 * @param mean [appearance]
 * @param basis [appearance, projection], its columns scaled by 1 / (sqrt(variance) + 0.1)
 */
public record Projection(NDArray mean, NDArray basis) {

  /** Projects appearance vectors [N, appearance] to [N, projection]. */
  public NDArray apply(NDArray appearance) {
    return appearance.sub(mean).matMul(basis);
  }
}
