package io.deixis.training.proposals;

import ai.djl.ndarray.NDArray;
import io.deixis.engine.region.BoxTensors;
import io.deixis.engine.torch.Scalars;
import java.util.function.Function;

/** 2 · (1 − GIoU) + 5 · L1 of assigned boxes, the weights of DETR (Carion et al., 2020). */
record BoxLoss() implements Function<ProposalForward, NDArray> {

  @Override
  public NDArray apply(ProposalForward forward) {
    NDArray all = forward.output().boxes();
    if (forward.isEmpty()) {
      return all.sum().mul(Scalars.of(all, 0)); // 0, with a gradient of 0
    }
    NDArray predicted = forward.assignedBoxes();
    NDArray truth = forward.truth();
    NDArray l1 = predicted.sub(truth).abs().sum();
    NDArray giou = BoxTensors.generalisedIou(predicted, truth).neg().add(1).sum();
    return l1.mul(Scalars.of(all, 5))
        .add(giou.mul(Scalars.of(all, 2)))
        .div(Scalars.of(all, forward.assigned()));
  }
}
