package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.deixis.engine.matching.Matcher;
import io.deixis.engine.region.BoxTensors;
import io.deixis.runlog.BatchSample;
import io.deixis.training.loop.Forward;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a matching head makes of a batch of B images with P phrases and N candidates each. */
public final class MatchingForward implements Forward {

  private static final int BEST = 3;
  private static final int[] OVER_CANDIDATES = {2};

  private final Matcher head;
  private final HeadBatch batch;
  private final float dropout;
  private final NDArray phrases;
  private final NDArray regions;
  private final NDArray logits;
  private final NDArray scores;
  private List<NDArray> otherScores;

  /**
   * Runs a head on a batch.
   *
   * @param dropout share of the head's inputs dropped
   */
  public MatchingForward(Matcher head, HeadBatch batch, float dropout) {
    this.head = head;
    this.batch = batch;
    this.dropout = dropout;
    int b = batch.images();
    phrases =
        head.phrases(batch.sentences(), batch.contexts(), batch.pieces(), batch.present(), dropout)
            .reshape(b, batch.phrases(), head.width());
    regions = head.regions(batch.features(), dropout).reshape(b, batch.candidates(), head.width());
    logits = head.logits(phrases, regions);
    scores = logits.add(head.presence(phrases, regions, logits, dropout));
  }

  /** Returns what the head was run on. */
  HeadBatch batch() {
    return batch;
  }

  /** Returns the logits of every pair, by which a phrase's candidates are ranked [B, P, N]. */
  NDArray logits() {
    return logits;
  }

  /** Returns the logits of every pair, the phrase's presence included [B, P, N]. */
  NDArray scores() {
    return scores;
  }

  /** Returns every candidate's box as it is refined for every phrase [B, P, N, 4]. */
  NDArray refined() {
    return BoxTensors.refine(batch.boxes(), head.offsets(phrases, regions));
  }

  /**
   * Returns the {@link #scores} of the phrases with the candidates of other images: of the next one
   * of the batch, the one after it, and so on.
   */
  List<NDArray> otherScores() {
    if (otherScores == null) {
      otherScores = new ArrayList<>();
      int most = Math.min(HeadBatch.NEXT_IMAGES, batch.images() - 1);
      for (int next = 1; next <= most; next++) {
        NDArray others =
            regions.get(new NDIndex("{}:", next)).concat(regions.get(new NDIndex("0:{}", next)), 0);
        NDArray otherLogits = head.logits(phrases, others);
        otherScores.add(otherLogits.add(head.presence(phrases, others, otherLogits, dropout)));
      }
    }
    return otherScores;
  }

  /** Returns the mean over the phrases, each counted by its weight, of values [B, P]. */
  NDArray mean(NDArray ofPhrases) {
    return ofPhrases.mul(batch.weight()).sum().div(batch.weight().sum());
  }

  /** Returns the sum over each phrase's candidates of values [B, P, N], as {@link #mean} takes. */
  NDArray meanSum(NDArray ofPairs) {
    return mean(ofPairs.sum(OVER_CANDIDATES));
  }

  /**
   * Returns the accuracy (share of phrases whose candidate of the highest logit is positive) and
   * the rate of positive pairs among those drawn.
   */
  @Override
  public Map<String, NDArray> metrics() {
    NDArray best = logits.argMax(2).expandDims(2);
    NDArray hits = batch.positive().gather(best, 2).squeeze(2);
    NDArray counted =
        batch.draws().mul(batch.weight().gt(0).toType(logits.getDataType(), false).expandDims(2));
    return Map.of(
        "accuracy", mean(hits),
        "positive rate", counted.mul(batch.positive()).sum().div(counted.sum()));
  }

  @Override
  public long pairs() {
    return (long) batch.images() * batch.phrases() * batch.candidates();
  }

  @Override
  public List<BatchSample.Phrase> sample() {
    NDIndex first = new NDIndex("0");
    float[] weights = batch.weight().get(first).toFloatArray();
    float[] ofPairs = scores.get(first).toFloatArray();
    float[] positive = batch.positive().get(first).toFloatArray();
    float[] boxes = batch.boxes().get(first).toFloatArray();
    int n = batch.candidates();
    List<BatchSample.Phrase> sample = new ArrayList<>();
    for (int p = 0; p < weights.length; p++) {
      if (weights[p] > 0) {
        int row = p * n;
        List<BatchSample.Candidate> best =
            IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> -ofPairs[row + c]))
                .limit(BEST)
                .map(
                    c ->
                        new BatchSample.Candidate(
                            Arrays.copyOfRange(boxes, c * 4, c * 4 + 4),
                            (float) (1 / (1 + Math.exp(-ofPairs[row + c]))),
                            positive[row + c] > 0))
                .toList();
        int positives = (int) IntStream.range(row, row + n).filter(at -> positive[at] > 0).count();
        sample.add(new BatchSample.Phrase(batch.texts().get(p), positives, best));
      }
    }
    return sample;
  }
}
