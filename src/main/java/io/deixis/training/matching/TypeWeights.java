package io.deixis.training.matching;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much a phrase counts in the loss by its entity type. People are two phrases in five, body
 * parts one in thirty, so that without it the head learns little of what is rare.
 *
 * @param byType at least 1 for each type; the most frequent one has 1
 */
public record TypeWeights(Map<String, Float> byType) {

  /** Copies the weights. */
  public TypeWeights {
    byType = Map.copyOf(byType);
  }

  /**
   * Counts types.
   *
   * @param images whose phrases are counted, each once for each of its types
   * @param rarity the power of (phrases of the most frequent type / phrases of a type) that is the
   *     type's weight: 0 counts every phrase alike, 1 every type
   */
  public static TypeWeights of(List<TrainingImage> images, float rarity) {
    Map<String, Integer> counts = new TreeMap<>();
    for (TrainingImage image : images) {
      for (TrainingPhrase phrase : image.phrases()) {
        phrase.types().forEach(type -> counts.merge(type, 1, Integer::sum));
      }
    }
    int most = counts.isEmpty() ? 1 : Collections.max(counts.values());
    Map<String, Float> weights = new TreeMap<>();
    counts.forEach(
        (type, count) -> weights.put(type, (float) Math.pow((double) most / count, rarity)));
    return new TypeWeights(weights);
  }

  /** Returns the weight of a phrase's rarest type; 1 for a phrase without one. */
  float of(TrainingPhrase phrase) {
    float weight = 1;
    for (String type : phrase.types()) {
      weight = Math.max(weight, byType.getOrDefault(type, 1f));
    }
    return weight;
  }
}
