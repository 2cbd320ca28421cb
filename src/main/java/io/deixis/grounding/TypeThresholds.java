package io.deixis.grounding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The calibrated scores from which boxes count as found, for phrases of all kinds and for those of
 * single entity types.
 *
 * @param all for phrases of no known type and of types without a threshold of their own, in [0, 1]
 * @param types for phrases of an entity type, in [0, 1]
 */
public record TypeThresholds(double all, Map<String, Double> types) {

  /** Copies the map, keeping its order. */
  public TypeThresholds {
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /**
   * Returns the threshold of its own that a phrase has: of several types the lowest one.
   *
   * @param phraseTypes the phrase's entity types
   * @return nothing if {@link #all} is to be used
   */
  public Optional<Double> own(List<String> phraseTypes) {
    return phraseTypes.stream().map(types::get).filter(Objects::nonNull).min(Double::compare);
  }

  /** Returns the lowest of all: no box with a lower score is found. */
  public double lowest() {
    return types.values().stream().mapToDouble(Double::doubleValue).reduce(all, Math::min);
  }
}
