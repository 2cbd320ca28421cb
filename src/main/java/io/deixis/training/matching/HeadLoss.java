package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import io.deixis.engine.matching.MatchingHead;
import io.deixis.engine.region.BoxTensors;
import io.deixis.engine.torch.Scalars;
import io.deixis.training.optimisation.Losses;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loss of a batch: positively weighted binary cross-entropy of every pair, cross-entropy of
 * each phrase's softmax over the regions (the ranking term), and 2 · (1 − GIoU) + 5 · mean |Δ| of
 * refined boxes; where asked, also binary cross-entropy of phrases with an image they are not
 * about.
 */
final class HeadLoss {

  private static final float PAIR_SCALE = 1 / 16f;
  private static final float FOREIGN_SCALE = 0.5f;

  private final MatchingHead head;
  private final float positiveWeight;

  HeadLoss(MatchingHead head, float positiveWeight) {
    this.head = head;
    this.positiveWeight = positiveWeight;
  }

  /**
   * The loss with its parts, and what they say of the batch.
   *
   * @param total scalar
   * @param parts scalars by name
   * @param logits of every pair [B, P, N]
   */
  record Result(NDArray total, Map<String, NDArray> parts, NDArray logits) {

    Map<String, Float> figures() {
      Map<String, Float> figures = new LinkedHashMap<>();
      figures.put("loss", total.getFloat());
      parts.forEach((name, part) -> figures.put(name, part.getFloat()));
      return figures;
    }
  }

  Result of(HeadBatch batch, float dropout, boolean otherImages) {
    long b = batch.images();
    long p = batch.phrases();
    long n = batch.candidates();
    NDArray phrases =
        head.phrases(batch.sentences(), batch.pieces(), batch.present(), dropout)
            .reshape(b, p, MatchingHead.WIDTH);
    NDArray regions = head.regions(batch.features(), dropout).reshape(b, n, MatchingHead.WIDTH);
    NDArray logits = head.logits(phrases, regions);

    int[] overCandidates = {2};
    NDArray pairWeight = batch.positive().mul(positiveWeight - 1).add(1);
    NDArray pairs =
        Losses.binaryCrossEntropy(logits, batch.positive())
            .mul(pairWeight)
            .sum(overCandidates)
            .mul(Scalars.of(logits, PAIR_SCALE));
    NDArray ranking = logits.logSoftmax(2).mul(batch.target()).sum(overCandidates).neg();
    NDArray refined = BoxTensors.refine(batch.boxes(), head.offsets(phrases, regions));
    NDArray giou =
        BoxTensors.generalisedIou(refined, batch.truth()).neg().add(1).mul(Scalars.of(logits, 2));
    NDArray distance =
        refined.sub(batch.truth()).abs().mean(new int[] {3}).mul(Scalars.of(logits, 5));
    NDArray refinement = giou.add(distance).mul(batch.refine()).sum(overCandidates);

    Map<String, NDArray> parts = new LinkedHashMap<>();
    parts.put("pairs", weighted(pairs, batch.weight()));
    parts.put("ranking", weighted(ranking, batch.weight()));
    parts.put("refinement", weighted(refinement, batch.weight()));
    if (otherImages) {
      NDArray nextImage = regions.get(new NDIndex("1:")).concat(regions.get(new NDIndex("0:1")), 0);
      NDArray foreign =
          Losses.softplus(head.logits(phrases, nextImage))
              .sum(overCandidates)
              .mul(Scalars.of(logits, PAIR_SCALE * FOREIGN_SCALE))
              .mul(batch.foreign());
      parts.put("foreign", weighted(foreign, batch.weight()));
    }
    NDArray total = NDArrays.add(parts.values().toArray(NDArray[]::new));
    parts.put("accuracy", weighted(hits(logits, batch), batch.weight()));
    parts.put("positive rate", positiveRate(batch));
    return new Result(total, parts, logits);
  }

  /** 1 for each phrase whose best candidate is a positive one. */
  private static NDArray hits(NDArray logits, HeadBatch batch) {
    NDArray best = logits.argMax(2).expandDims(2);
    return batch.positive().gather(best, 2).squeeze(2);
  }

  /** The share of positive pairs among all pairs of phrases that count. */
  private static NDArray positiveRate(HeadBatch batch) {
    NDArray pairs = batch.weight().gt(0).toType(DataType.FLOAT32, false).sum();
    return batch.positive().sum().div(pairs.mul(batch.candidates()));
  }

  private static NDArray weighted(NDArray values, NDArray weight) {
    return values.mul(weight).sum().div(weight.sum());
  }
}
