package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import io.deixis.engine.matching.MatcherType;
import io.deixis.training.optimisation.AdamW;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a head's weights are optimised. */
public final class HeadOptimiser {

  private static final float WEIGHT_DECAY = 0.05f;

  private HeadOptimiser() {}

  /**
   * Gives a head's weights to an optimiser. Those of word pieces do not decay: most pieces are
   * absent from most batches.
   */
  public static void add(AdamW optimiser, MatcherType type, Map<String, NDArray> head) {
    Map<String, NDArray> embedding = new LinkedHashMap<>(head);
    embedding.keySet().retainAll(type.embeddings());
    Map<String, NDArray> others = new LinkedHashMap<>(head);
    others.keySet().removeAll(type.embeddings());
    optimiser.add(embedding, 1, 0);
    optimiser.add(others, 1, WEIGHT_DECAY);
  }
}
