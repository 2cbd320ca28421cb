package io.deixis.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import io.deixis.engine.torch.Scalars;

/** Elementwise losses on logits, in a form that does not overflow. */
public final class Losses {

  private Losses() {}

  /** Returns log(1 + exp(x)), elementwise. */
  public static NDArray softplus(NDArray x) {
    return NDArrays.maximum(x, Scalars.of(x, 0)).add(x.abs().neg().exp().add(1).log());
  }

  /**
   * Returns the binary cross-entropy of logits with targets in [0, 1], elementwise. (DJL's own
   * SigmoidBinaryCrossEntropyLoss has no positive weight.)
   */
  public static NDArray binaryCrossEntropy(NDArray logits, NDArray targets) {
    return softplus(logits).sub(logits.mul(targets));
  }
}
