package io.deixis.engine.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import io.deixis.engine.torch.Scalars;
import java.util.Map;

/**
 * Matches phrases with regions: two towers of two layers each lead phrases and regions into one
 * space of {@value #WIDTH} dimensions, where their product is the logit that the phrase means the
 * region, and a low-rank product of both gives the offsets that refine the region's box.
 *
 * <p>A batch holds B images with P phrases and N regions each.
 */
public final class MatchingHead {

  /** Width of the common space. */
  public static final int WIDTH = 256;

  /** Length of a word piece's trained embedding. */
  public static final int PIECE_SIZE = 128;

  /** Width of the towers' first layer. */
  public static final int HIDDEN = 512;

  /** Rank of the refinement. */
  public static final int REFINEMENT_RANK = 64;

  /** Width of the presence tower's hidden layer. */
  public static final int PRESENCE_HIDDEN = 128;

  private static final float SENTENCE_SCALE = 10;
  private static final float EPSILON = 1e-5f;

  private final Map<String, NDArray> weights;

  /**
   * Creates a head with the given weights.
   *
   * @param weights by the names of {@link HeadWeights}
   */
  public MatchingHead(Map<String, NDArray> weights) {
    this.weights = Map.copyOf(weights);
  }

  /**
   * Leads phrases into the common space.
   *
   * @param sentences sentence vectors of the phrases by themselves [M, 384]
   * @param contexts vectors of the phrases as read in their sentences [M, 384]
   * @param pieces the pieces' rows in the trained embedding [M, L], padded with anything
   * @param present 1 for a piece, 0 for padding [M, L, 1]
   * @param dropout share of inputs dropped, 0 outside of training
   * @return [M, {@value #WIDTH}]
   */
  public NDArray phrases(
      NDArray sentences, NDArray contexts, NDArray pieces, NDArray present, float dropout) {
    NDArray embedded =
        Embedding.embedding(pieces, weights.get(HeadWeights.PIECES), SparseFormat.DENSE)
            .singletonOrThrow();
    NDArray mean =
        embedded.mul(present).sum(new int[] {1}).div(present.sum(new int[] {1}).add(1e-6f));
    NDArray vectors = sentences.concat(contexts, -1).mul(SENTENCE_SCALE);
    return tower("phrase", vectors.concat(mean, -1), dropout);
  }

  /**
   * Leads regions into the common space.
   *
   * @param features descriptions [M, 750]
   * @param dropout share of inputs dropped, 0 outside of training
   * @return [M, {@value #WIDTH}]
   */
  public NDArray regions(NDArray features, float dropout) {
    return tower("region", features, dropout);
  }

  /**
   * Returns the logits of every phrase with every region.
   *
   * @param phrases [B, P, {@value #WIDTH}]
   * @param regions [B, N, {@value #WIDTH}]
   * @return [B, P, N]
   */
  public NDArray logits(NDArray phrases, NDArray regions) {
    NDArray product =
        phrases
            .matMul(regions.transpose(0, 2, 1))
            .div(Scalars.of(phrases, (float) Math.sqrt(WIDTH)))
            .mul(weights.get(HeadWeights.TEMPERATURE));
    NDArray ofRegion =
        regions
            .matMul(weights.get(HeadWeights.REGION_PRIOR))
            .transpose(0, 2, 1)
            .add(weights.get(HeadWeights.BIAS));
    return product.add(ofRegion);
  }

  /**
   * Returns how far each phrase speaks of its image at all, to be added to all its logits: it
   * changes no order among an image's regions, but tells scores of different phrases and images
   * apart. It looks at the regions that the logits favour, and at the image's average region.
   *
   * @param phrases [B, P, {@value #WIDTH}]
   * @param regions [B, N, {@value #WIDTH}]
   * @param logits [B, P, N]
   * @param dropout share of inputs dropped, 0 outside of training
   * @return [B, P, 1]
   */
  public NDArray presence(NDArray phrases, NDArray regions, NDArray logits, float dropout) {
    NDArray favoured = logits.stopGradient().softmax(2).matMul(regions);
    NDArray average = regions.mean(new int[] {1}, true);
    NDArray input =
        NDArrays.concat(new NDList(phrases.mul(favoured), phrases.mul(average), phrases), 2);
    NDArray hidden = Activation.gelu(dense("presence.hidden", dropped(input, dropout)));
    return hidden.matMul(weights.get(HeadWeights.PRESENCE_OUT));
  }

  /**
   * Returns the offsets that refine every region for every phrase.
   *
   * @param phrases [B, P, {@value #WIDTH}]
   * @param regions [B, N, {@value #WIDTH}]
   * @return [B, P, N, 4]: dx, dy, dw, dh
   */
  public NDArray offsets(NDArray phrases, NDArray regions) {
    Shape shape = phrases.getShape();
    long images = shape.get(0);
    long phraseCount = shape.get(1);
    long regionCount = regions.getShape().get(1);
    // [B, 4, P, rank] * [B, 4, rank, N]
    NDArray ofPhrase =
        phrases
            .matMul(weights.get(HeadWeights.REFINE_PHRASE))
            .reshape(images, phraseCount, 4, REFINEMENT_RANK)
            .transpose(0, 2, 1, 3);
    NDArray ofRegion =
        regions
            .matMul(weights.get(HeadWeights.REFINE_REGION))
            .reshape(images, regionCount, 4, REFINEMENT_RANK)
            .transpose(0, 2, 3, 1);
    NDArray alone =
        regions
            .matMul(weights.get(HeadWeights.REFINE_PRIOR))
            .add(weights.get(HeadWeights.REFINE_BIAS))
            .mul(Scalars.of(regions, 0.1f))
            .transpose(0, 2, 1)
            .expandDims(2);
    return ofPhrase
        .matMul(ofRegion)
        .div(Scalars.of(phrases, (float) Math.sqrt(REFINEMENT_RANK)))
        .add(alone)
        .transpose(0, 2, 3, 1);
  }

  private NDArray tower(String name, NDArray input, float dropout) {
    NDArray hidden = Activation.gelu(dense(name + ".hidden", dropped(input, dropout)));
    NDArray out = dense(name + ".out", dropped(hidden, dropout));
    return LayerNorm.layerNorm(
            out,
            new Shape(WIDTH),
            weights.get(name + ".norm.weight"),
            weights.get(name + ".norm.bias"),
            EPSILON)
        .singletonOrThrow();
  }

  private NDArray dense(String name, NDArray input) {
    return Linear.linear(input, weights.get(name + ".weight"), weights.get(name + ".bias"))
        .singletonOrThrow();
  }

  private static NDArray dropped(NDArray input, float rate) {
    return rate > 0 ? Dropout.dropout(input, rate, true).singletonOrThrow() : input;
  }
}
