package io.deixis.engine.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A matcher without its weights: it names them, and makes matchers of them. */
public interface MatcherType {

  /**
   * What matchers get.
   *
   * @param regions length of a region's description
   * @param phrases length of a phrase's vector
   * @param words for each list of class names how many numbers at the end of a region's description
   *     come from it
   */
  record Inputs(int regions, int phrases, List<Integer> words) {

    /** Copies the list. */
    public Inputs {
      words = List.copyOf(words);
    }
  }

  /** Makes a type of one kind. */
  @FunctionalInterface
  interface Factory {

    /** As {@link MatcherType#of}. */
    MatcherType of(MatcherSpec spec, Inputs inputs);
  }

  /** The kinds by name. */
  Map<String, Factory> KINDS =
      Map.of(
          TwoTowerMatcher.KIND, TwoTowerMatcher.Type::new,
          RecognisingMatcher.KIND, RecognisingMatcher.Type::new);

  /**
   * Returns the type that is described.
   *
   * @throws IllegalArgumentException if its kind is not known, or a number is missing
   */
  static MatcherType of(MatcherSpec spec, Inputs inputs) {
    Factory factory = KINDS.get(spec.kind());
    if (factory == null) {
      throw new IllegalArgumentException(
          "there is no matcher \"%s\", only %s".formatted(spec.kind(), KINDS.keySet()));
    }
    return factory.of(spec, inputs);
  }

  /**
   * Returns every weight's shape by name, in a fixed order.
   *
   * @param pieces rows of the word piece embedding
   */
  Map<String, Shape> shapes(int pieces);

  /**
   * Returns the names of weights of which a batch touches few rows, so that they shall not decay.
   */
  Set<String> embeddings();

  /** Returns the names of weights that are given, and not trained. */
  default Set<String> given() {
    return Set.of();
  }

  /**
   * Draws a weight to start training from.
   *
   * @param manager owns it
   * @param name one of {@link #shapes}
   * @param shape its shape
   */
  NDArray initial(NDManager manager, String name, Shape shape);

  /** Returns a matcher with the given weights, by the names of {@link #shapes}. */
  Matcher create(Map<String, NDArray> weights);
}
