package io.deixis.training.proposals;

import ai.djl.ndarray.NDArray;
import io.deixis.engine.torch.Scalars;
import io.deixis.training.loop.Losses;
import java.util.function.Function;

/**
 * Cross-entropy of objectness and entity types towards IoU^1.5 on assigned queries; others are
 * weighted by their own probability^1.5.
 */
record EntityLoss() implements Function<ProposalForward, NDArray> {

  @Override
  public NDArray apply(ProposalForward forward) {
    return Losses.binaryCrossEntropy(forward.logits(), forward.targets())
        .mul(forward.weights())
        .sum()
        .div(Scalars.of(forward.output().boxes(), forward.assigned()));
  }
}
