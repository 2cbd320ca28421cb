package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.matching.Matcher;
import io.deixis.engine.region.BoxTensors;
import io.deixis.engine.torch.Scalars;
import io.deixis.runlog.BatchSample;
import io.deixis.training.loop.Forward;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The output of a matching head for a batch of B images with P phrases and N candidates each. */
public final class MatchingForward implements Forward {

  /** Candidates of a phrase that a sample of the batch tells. */
  private static final int BEST = 3;

  private static final int[] OVER_CANDIDATES = {2};

  private final Matcher head;
  private final HeadBatch batch;
  private final float dropout;
  private final NDArray phrases;
  private final NDArray regions;
  private final Matcher.Match match;
  private List<Matcher.Match> others;
  private Siblings siblings;

  /**
   * Siblings of the batch's phrases with the candidates of their own image, and what the head says
   * of the phrases they are siblings of.
   *
   * @param presence the logit that what the sibling says is in the image [B, S]
   * @param truePresence that of its phrase
   * @param recognition of each sibling with every region [B, S, N]
   * @param trueRecognition that of its phrase
   * @param target the distribution over the regions of its phrase
   */
  record Siblings(
      NDArray presence,
      NDArray truePresence,
      NDArray recognition,
      NDArray trueRecognition,
      NDArray target) {}

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
    phrases = batch.asked().encoded(head, b, dropout);
    regions = head.regions(batch.features(), dropout).reshape(b, batch.candidates(), head.width());
    match = head.match(phrases, regions, dropout);
  }

  /** Returns what the head was run on. */
  HeadBatch batch() {
    return batch;
  }

  /** Returns the logits of every pair, by which a phrase's candidates are ranked [B, P, N]. */
  NDArray logits() {
    return match.logits();
  }

  /** Returns the logits that every region by itself is what the phrase says [B, P, N]. */
  NDArray recognition() {
    return match.recognition();
  }

  /** Returns the logit that what the phrase says is in its image [B, P]. */
  NDArray presence() {
    return match.presence().squeeze(2);
  }

  /** Returns the scores of every pair: the logits at the level of the phrase's presence. */
  NDArray scores() {
    return match.scores();
  }

  /** Returns every candidate's box as it is refined for every phrase [B, P, N, 4]. */
  NDArray refined() {
    return BoxTensors.refine(batch.boxes(), head.offsets(phrases, regions));
  }

  /**
   * Returns the phrases with the candidates of other images: of the next one of the batch, the one
   * after it, and so on.
   */
  List<Matcher.Match> others() {
    if (others == null) {
      others = new ArrayList<>();
      int most = Math.min(HeadBatch.NEXT_IMAGES, batch.images() - 1);
      for (int next = 1; next <= most; next++) {
        NDArray theirs =
            regions.get(new NDIndex("{}:", next)).concat(regions.get(new NDIndex("0:{}", next)), 0);
        others.add(head.match(phrases, theirs, dropout));
      }
    }
    return others;
  }

  /** Returns the siblings of the batch's phrases; null if none are drawn. */
  Siblings siblings() {
    HeadBatch.Siblings drawn = batch.siblings();
    if (siblings == null && drawn != null) {
      int b = batch.images();
      long s = drawn.weight().getShape().get(1);
      NDArray vectors = drawn.phrases().encoded(head, b, dropout);
      Matcher.Match there = head.match(vectors, regions, dropout);
      NDArray overCandidates = drawn.of().broadcast(new Shape(b, s, batch.candidates()));
      siblings =
          new Siblings(
              there.presence().squeeze(2),
              presence().gather(drawn.of().squeeze(2), 1),
              there.recognition(),
              recognition().gather(overCandidates, 1),
              batch.target().gather(overCandidates, 1));
    }
    return siblings;
  }

  /** Returns the mean over the siblings of values [B, S]; 0 if there are none. */
  NDArray meanOfSiblings(Function<Siblings, NDArray> loss) {
    if (siblings() == null) {
      return Scalars.of(scores(), 0);
    }
    NDArray weight = batch.siblings().weight();
    return loss.apply(siblings()).mul(weight).sum().div(weight.sum().add(1e-6f));
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
    NDArray best = logits().argMax(2).expandDims(2);
    NDArray hits = batch.positive().gather(best, 2).squeeze(2);
    NDArray counted =
        batch.draws().mul(batch.weight().gt(0).toType(logits().getDataType(), false).expandDims(2));
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
    float[] ofPairs = scores().get(first).toFloatArray();
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
