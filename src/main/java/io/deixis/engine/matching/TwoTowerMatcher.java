package io.deixis.engine.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.deixis.engine.torch.Scalars;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Two towers of two layers each lead phrases and regions into one space, where their product is the
 * logit that the phrase means the region, and a low-rank product of both gives the offsets that
 * refine the region's box. A presence tower sees the regions that the logits favour, and the
 * image's average region.
 */
public final class TwoTowerMatcher implements Matcher {

  /** The kind's name. */
  public static final String KIND = "two-tower";

  /** Embedding of word pieces; row 0 stands for pieces not seen in training. */
  public static final String PIECES = "phrase.pieces";

  /** Factor of the product of phrase and region. */
  public static final String TEMPERATURE = "match.temperature";

  /** Added to every logit. */
  public static final String BIAS = "match.bias";

  /** The phrase's side of the refinement. */
  public static final String REFINE_PHRASE = "refine.phrase";

  private static final String REGION_PRIOR = "match.region";
  private static final String REFINE_REGION = "refine.region";
  private static final String REFINE_PRIOR = "refine.prior";
  private static final String REFINE_BIAS = "refine.bias";
  private static final String PRESENCE_OUT = "presence.out";

  private static final float SENTENCE_SCALE = 10;

  private final Type type;
  private final Map<String, NDArray> weights;

  private TwoTowerMatcher(Type type, Map<String, NDArray> weights) {
    this.type = type;
    this.weights = Map.copyOf(weights);
  }

  /**
   * The towers' sizes.
   *
   * @param inputs lengths of what goes in
   * @param width of the common space
   * @param hidden width of the towers' first layer
   * @param pieceSize length of a word piece's trained embedding
   * @param rank of the refinement
   * @param presence width of the presence tower's hidden layer
   */
  public record Type(Inputs inputs, int width, int hidden, int pieceSize, int rank, int presence)
      implements MatcherType {

    Type(MatcherSpec spec, Inputs inputs) {
      this(
          inputs,
          spec.size("width"),
          spec.size("hidden"),
          spec.size("pieces"),
          spec.size("rank"),
          spec.size("presence"));
    }

    @Override
    public Map<String, Shape> shapes(int pieces) {
      Map<String, Shape> shapes = new LinkedHashMap<>();
      shapes.put(PIECES, new Shape(pieces, pieceSize));
      Layers.tower(shapes, "phrase", phraseSize(), hidden, width);
      Layers.tower(shapes, "region", inputs.regions(), hidden, width);
      shapes.put(TEMPERATURE, new Shape(1));
      shapes.put(REGION_PRIOR, new Shape(width, 1));
      shapes.put(BIAS, new Shape(1));
      shapes.put(REFINE_PHRASE, new Shape(width, 4L * rank));
      shapes.put(REFINE_REGION, new Shape(width, 4L * rank));
      shapes.put(REFINE_PRIOR, new Shape(width, 4));
      shapes.put(REFINE_BIAS, new Shape(4));
      shapes.put("presence.hidden.weight", new Shape(presence, 3L * width));
      shapes.put("presence.hidden.bias", new Shape(presence));
      shapes.put(PRESENCE_OUT, new Shape(presence, 1));
      return shapes;
    }

    /** Returns the length of what a phrase's tower reads. */
    long phraseSize() {
      return 2L * inputs.phrases() + pieceSize;
    }

    @Override
    public Set<String> embeddings() {
      return Set.of(PIECES);
    }

    /** Uniform in ±1/sqrt(inputs) for layers, as PyTorch does. */
    @Override
    public NDArray initial(NDManager manager, String name, Shape shape) {
      if (name.equals(PIECES)) {
        return manager.randomNormal(0, 0.3f, shape, DataType.FLOAT32);
      }
      if (name.equals(TEMPERATURE) || name.endsWith("norm.weight")) {
        return manager.ones(shape);
      }
      if (name.equals(BIAS)) {
        return manager.zeros(shape).sub(2);
      }
      boolean layer =
          name.endsWith(".weight") || name.startsWith("refine.") && !name.endsWith("bias");
      if (!layer) {
        return manager.zeros(shape);
      }
      // Layers are stored [out, in], the refinement's factors [in, out].
      return Layers.uniform(manager, shape, name.endsWith(".weight") ? shape.get(1) : shape.get(0));
    }

    @Override
    public TwoTowerMatcher create(Map<String, NDArray> weights) {
      return new TwoTowerMatcher(this, weights);
    }
  }

  @Override
  public int width() {
    return type.width();
  }

  @Override
  public NDArray phrases(
      NDArray sentences, NDArray contexts, NDArray pieces, NDArray present, float dropout) {
    return tower("phrase", read(sentences, contexts, pieces, present), dropout);
  }

  /** Returns what a phrase's tower reads: its vectors, and the mean of its pieces' embedding. */
  NDArray read(NDArray sentences, NDArray contexts, NDArray pieces, NDArray present) {
    NDArray embedded =
        Embedding.embedding(pieces, weights.get(PIECES), SparseFormat.DENSE).singletonOrThrow();
    NDArray mean =
        embedded.mul(present).sum(new int[] {1}).div(present.sum(new int[] {1}).add(1e-6f));
    NDArray vectors = sentences.concat(contexts, -1).mul(SENTENCE_SCALE);
    return vectors.concat(mean, -1);
  }

  @Override
  public NDArray regions(NDArray features, float dropout) {
    return tower("region", features, dropout);
  }

  /** Each region's score is all that is known of it by itself. */
  @Override
  public Match match(NDArray phrases, NDArray regions, float dropout) {
    NDArray logits = logits(phrases, regions);
    NDArray presence = presence(phrases, regions, logits, dropout);
    return new Match(logits, logits, presence, logits.add(presence));
  }

  /** Returns the logits of every phrase with every region of its image [B, P, N]. */
  NDArray logits(NDArray phrases, NDArray regions) {
    NDArray product =
        phrases
            .matMul(regions.transpose(0, 2, 1))
            .div(Scalars.of(phrases, (float) Math.sqrt(type.width())))
            .mul(weights.get(TEMPERATURE));
    NDArray ofRegion =
        regions.matMul(weights.get(REGION_PRIOR)).transpose(0, 2, 1).add(weights.get(BIAS));
    return product.add(ofRegion);
  }

  private NDArray presence(NDArray phrases, NDArray regions, NDArray logits, float dropout) {
    NDArray favoured = logits.stopGradient().softmax(2).matMul(regions);
    NDArray average = regions.mean(new int[] {1}, true);
    NDArray input =
        NDArrays.concat(new NDList(phrases.mul(favoured), phrases.mul(average), phrases), 2);
    NDArray hidden = Layers.hidden(weights, "presence.hidden", input, dropout);
    return hidden.matMul(weights.get(PRESENCE_OUT));
  }

  /**
   * What a phrase asks of regions for each offset is one direction in the common space, which is
   * multiplied with all regions: phrases are few, regions many.
   */
  @Override
  public NDArray offsets(NDArray phrases, NDArray regions) {
    Shape shape = phrases.getShape();
    long images = shape.get(0);
    long phraseCount = shape.get(1);
    long regionCount = regions.getShape().get(1);
    int rank = type.rank();
    long width = type.width();
    NDArray asked =
        phrases
            .matMul(weights.get(REFINE_PHRASE))
            .reshape(images, phraseCount, 4, rank)
            .transpose(0, 2, 1, 3);
    NDArray ofRegion =
        weights.get(REFINE_REGION).reshape(width, 4, rank).transpose(1, 2, 0).expandDims(0);
    NDArray alone = weights.get(REFINE_PRIOR).transpose().reshape(1, 4, 1, width);
    NDArray tenth = Scalars.of(phrases, 0.1f);
    // [B, 4, P, rank] * [1, 4, rank, W] + [1, 4, 1, W]
    NDArray directions =
        asked
            .matMul(ofRegion)
            .div(Scalars.of(phrases, (float) Math.sqrt(rank)))
            .add(alone.mul(tenth));
    return directions
        .reshape(images, 4 * phraseCount, width)
        .matMul(regions.transpose(0, 2, 1))
        .reshape(images, 4, phraseCount, regionCount)
        .transpose(0, 2, 3, 1)
        .add(weights.get(REFINE_BIAS).mul(tenth));
  }

  private NDArray tower(String name, NDArray input, float dropout) {
    return Layers.tower(weights, name, input, dropout);
  }
}
