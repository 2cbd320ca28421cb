package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import io.deixis.engine.matching.Matcher;
import io.deixis.engine.region.BoxTensors;
import io.deixis.engine.torch.Scalars;
import io.deixis.training.optimisation.Losses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The loss of a batch: positively weighted binary cross-entropy of every pair, cross-entropy of
 * each phrase's softmax over the regions (the ranking term), and 2 · (1 − GIoU) + 5 · mean |Δ| of
 * refined boxes; where asked, also binary cross-entropy of phrases with an image they are not
 * about.
 */
public final class HeadLoss {

  /** Names of the parts that add up to the loss. */
  public static final List<String> TERMS =
      List.of("pairs", "ranking", "refinement", "absent", "present");

  private static final float PAIR_SCALE = 1 / 16f;
  private static final float FOREIGN_SCALE = 0.25f;
  private static final float PRESENCE_SCALE = 0.2f;

  private final Matcher head;
  private final float positiveWeight;

  /** Prepares the loss of a head. */
  public HeadLoss(Matcher head, float positiveWeight) {
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
  public record Result(NDArray total, Map<String, NDArray> parts, NDArray logits) {

    /** Returns the values of all parts by name. */
    public Map<String, Float> figures() {
      Map<String, Float> figures = new LinkedHashMap<>();
      figures.put("loss", total.getFloat());
      parts.forEach((name, part) -> figures.put(name, part.getFloat()));
      return figures;
    }
  }

  /** Returns the loss of a batch. */
  public Result of(HeadBatch batch, float dropout, boolean otherImages) {
    long b = batch.images();
    long p = batch.phrases();
    long n = batch.candidates();
    NDArray phrases =
        head.phrases(batch.sentences(), batch.contexts(), batch.pieces(), batch.present(), dropout)
            .reshape(b, p, head.width());
    NDArray regions = head.regions(batch.features(), dropout).reshape(b, n, head.width());
    NDArray logits = head.logits(phrases, regions);
    NDArray scores = logits.add(head.presence(phrases, regions, logits, dropout));

    int[] overCandidates = {2};
    NDArray pairWeight = batch.positive().mul(positiveWeight - 1).add(1);
    NDArray pairs =
        Losses.binaryCrossEntropy(scores, batch.positive())
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
      NDArray absent = Scalars.of(logits, 0);
      NDArray present = Losses.softplus(scores.max(overCandidates).neg());
      for (int next = 1; next <= Math.min(HeadBatch.NEXT_IMAGES, b - 1); next++) {
        NDArray others = regions.get(new NDIndex("{}:", next));
        others = others.concat(regions.get(new NDIndex("0:{}", next)), 0);
        NDArray otherLogits = head.logits(phrases, others);
        NDArray otherScores = otherLogits.add(head.presence(phrases, others, otherLogits, dropout));
        NDArray pairsOfOthers =
            Losses.softplus(otherScores)
                .sum(overCandidates)
                .mul(Scalars.of(logits, PAIR_SCALE * FOREIGN_SCALE));
        NDArray best =
            Losses.softplus(otherScores.max(overCandidates))
                .mul(Scalars.of(logits, PRESENCE_SCALE));
        absent = absent.add(pairsOfOthers.add(best).mul(batch.foreign().get(next - 1)));
      }
      parts.put("absent", weighted(absent, batch.weight()));
      parts.put(
          "present", weighted(present.mul(Scalars.of(logits, PRESENCE_SCALE)), batch.weight()));
    }
    NDArray total = NDArrays.add(parts.values().toArray(NDArray[]::new));
    parts.put("accuracy", weighted(hits(logits, batch), batch.weight()));
    parts.put("positive rate", positiveRate(batch));
    return new Result(total, parts, scores);
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
