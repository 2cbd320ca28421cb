package io.deixis.engine.torch;

import ai.djl.ndarray.NDArray;

/**
 * Numbers as tensors, for arithmetic that gradients flow through. {@code x.mul(number)} of DJL
 * frees its copy of the number at once, while the backward pass still reads it; should the garbage
 * collector run in between, the gradient is made of whatever the memory then holds.
 */
public final class Scalars {

  private Scalars() {}

  /** Returns {@code value} as a float32 scalar that lives as long as the scope it is made in. */
  public static NDArray of(NDArray neighbour, float value) {
    return neighbour.getManager().create(value);
  }
}
