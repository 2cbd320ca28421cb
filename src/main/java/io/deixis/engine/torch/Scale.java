package io.deixis.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Products with constants that are safe under automatic differentiation. DJL's own {@code
 * mul(Number)} and {@code div(Number)} make the constant from Java memory and give that memory back
 * at once, while the backward pass still reads it: every few thousand steps, when the garbage
 * collector comes in between, the gradients are garbage. (DJL 0.36, PtNDArray.)
 */
public final class Scale {

  private Scale() {}

  /** Returns {@code array * factor}, elementwise. */
  public static NDArray by(NDArray array, float factor) {
    try (NDArray constant =
        array.getManager().full(new Shape(), factor, array.getDataType(), array.getDevice())) {
      return array.mul(constant);
    }
  }
}
