package io.deixis.grounding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model as its users see it.
 *
 * @param name the bundle's name
 * @param version the bundle's version
 * @param description one sentence
 * @param licence SPDX identifier and the terms that come with the training data
 * @param thresholds the thresholds known by name, calibrated scores in [0, 1]
 * @param metrics figures of its evaluation by name (such as {@code recall@1}), shares in [0, 1]
 */
public record ModelDescription(
    String name,
    String version,
    String description,
    String licence,
    Map<String, Double> thresholds,
    Map<String, Double> metrics) {

  /** The name of the threshold with the best F1. */
  public static final String BEST = "best";

  /** The threshold with the best F1 of a model that was not tuned. */
  public static final double UNTUNED = 0.5;

  /** The name of the lower limit of unsure answers, a threshold like the others. */
  public static final String UNSURE = "unsure";

  /** Copies the maps, keeping their order. */
  public ModelDescription {
    thresholds = Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * Returns the score from which the best box of a phrase is a guess worth showing, although it is
   * not found: the bundle's threshold {@value #UNSURE}, chosen on validation, or half of its
   * threshold {@code best}. Scores are calibrated, so such a guess is then at least half as likely
   * to be right as the least likely box that counts as found.
   */
  public double unsureFrom() {
    Double tuned = thresholds.get(UNSURE);
    return tuned != null ? tuned : TypeThresholds.UNSURE_SHARE * best();
  }

  /** Returns the thresholds of all phrases by name, lowest first. */
  public List<Map.Entry<String, Double>> commonThresholds() {
    return thresholds.entrySet().stream()
        .filter(named -> named.getKey().indexOf('/') < 0 && !named.getKey().equals(UNSURE))
        .sorted(Map.Entry.comparingByValue())
        .toList();
  }

  /** Returns the threshold with the best F1. */
  public double best() {
    return thresholds.getOrDefault(BEST, UNTUNED);
  }

  /** Returns the name of the threshold that is tuned for an entity type, if there is one. */
  public static String bestOf(String type) {
    return BEST + "/" + type;
  }
}
