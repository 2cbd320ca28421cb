package io.deixis.engine.matching;

import ai.djl.ndarray.types.Shape;
import io.deixis.engine.phrase.SentenceEncoder;
import io.deixis.engine.region.RegionFeatures;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names and shapes of the matching head's weights. */
public final class HeadWeights {

  /** Embedding of word pieces; row 0 stands for pieces not seen in training. */
  public static final String PIECES = "phrase.pieces";

  /** Factor of the product of phrase and region. */
  public static final String TEMPERATURE = "match.temperature";

  /** What speaks for a region whatever the phrase. */
  public static final String REGION_PRIOR = "match.region";

  /** Added to every logit. */
  public static final String BIAS = "match.bias";

  /** The phrase's side of the refinement. */
  public static final String REFINE_PHRASE = "refine.phrase";

  /** The region's side of the refinement. */
  public static final String REFINE_REGION = "refine.region";

  /** Offsets of a region whatever the phrase. */
  public static final String REFINE_PRIOR = "refine.prior";

  /** Added to all offsets. */
  public static final String REFINE_BIAS = "refine.bias";

  /** The presence tower's last layer. */
  public static final String PRESENCE_OUT = "presence.out";

  private HeadWeights() {}

  /**
   * Returns every weight's shape by name, in a fixed order.
   *
   * @param pieces rows of the word piece embedding
   */
  public static Map<String, Shape> shapes(int pieces) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put(PIECES, new Shape(pieces, MatchingHead.PIECE_SIZE));
    tower(shapes, "phrase", 2L * SentenceEncoder.SIZE + MatchingHead.PIECE_SIZE);
    tower(shapes, "region", RegionFeatures.SIZE);
    int refinement = 4 * MatchingHead.REFINEMENT_RANK;
    shapes.put(TEMPERATURE, new Shape(1));
    shapes.put(REGION_PRIOR, new Shape(MatchingHead.WIDTH, 1));
    shapes.put(BIAS, new Shape(1));
    shapes.put(REFINE_PHRASE, new Shape(MatchingHead.WIDTH, refinement));
    shapes.put(REFINE_REGION, new Shape(MatchingHead.WIDTH, refinement));
    shapes.put(REFINE_PRIOR, new Shape(MatchingHead.WIDTH, 4));
    shapes.put(REFINE_BIAS, new Shape(4));
    shapes.put(
        "presence.hidden.weight", new Shape(MatchingHead.PRESENCE_HIDDEN, 3L * MatchingHead.WIDTH));
    shapes.put("presence.hidden.bias", new Shape(MatchingHead.PRESENCE_HIDDEN));
    shapes.put(PRESENCE_OUT, new Shape(MatchingHead.PRESENCE_HIDDEN, 1));
    return shapes;
  }

  private static void tower(Map<String, Shape> shapes, String name, long input) {
    shapes.put(name + ".hidden.weight", new Shape(MatchingHead.HIDDEN, input));
    shapes.put(name + ".hidden.bias", new Shape(MatchingHead.HIDDEN));
    shapes.put(name + ".out.weight", new Shape(MatchingHead.WIDTH, MatchingHead.HIDDEN));
    shapes.put(name + ".out.bias", new Shape(MatchingHead.WIDTH));
    shapes.put(name + ".norm.weight", new Shape(MatchingHead.WIDTH));
    shapes.put(name + ".norm.bias", new Shape(MatchingHead.WIDTH));
  }
}
