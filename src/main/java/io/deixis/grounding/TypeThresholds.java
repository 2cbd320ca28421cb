package io.deixis.grounding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The calibrated scores from which boxes count as found, for phrases of all kinds and for those of
 * single entity types, and those from which the best box is a guess worth showing.
 *
 * @param all for phrases of no known type and of types without a threshold of their own, in [0, 1]
 * @param types for phrases of an entity type, in [0, 1]
 * @param unsureFrom the score from which the best box of a phrase that is not found is a guess
 *     worth showing, in [0, 1]
 */
public record TypeThresholds(double all, Map<String, Double> types, double unsureFrom) {

  /** The share of {@link #all} from which guesses are shown where nobody says better. */
  static final double UNSURE_SHARE = 0.5;

  /** Creates thresholds with guesses from half of the common one on. */
  public TypeThresholds(double all, Map<String, Double> types) {
    this(all, types, UNSURE_SHARE * all);
  }

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

  /** Returns the lowest of all: a box with a lower score is neither found nor a guess. */
  public double lowest() {
    return types.values().stream()
        .mapToDouble(Double::doubleValue)
        .reduce(Math.min(all, unsureFrom), Math::min);
  }
}
