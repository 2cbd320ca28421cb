package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import io.deixis.engine.region.BoxTensors;
import io.deixis.engine.torch.Scalars;
import java.util.function.Function;

/**
 * 2 · (1 − GIoU) + 5 · mean |Δ| of refined boxes, the weights of DETR (Carion et al., 2020), over
 * the candidates that are near a truth box.
 */
record RefinementLoss() implements Function<MatchingForward, NDArray> {

  @Override
  public NDArray apply(MatchingForward forward) {
    HeadBatch batch = forward.batch();
    NDArray refined = forward.refined();
    NDArray giou = BoxTensors.generalisedIou(refined, batch.truth()).neg().add(1);
    NDArray distance = refined.sub(batch.truth()).abs().mean(new int[] {3});
    NDArray both = giou.mul(Scalars.of(giou, 2)).add(distance.mul(Scalars.of(giou, 5)));
    return forward.meanSum(both.mul(batch.refine()));
  }
}
