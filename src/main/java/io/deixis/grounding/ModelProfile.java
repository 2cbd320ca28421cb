package io.deixis.grounding;

import io.deixis.metrics.BundleEvaluation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is known about a model.
 *
 * @param model name, licence, thresholds and metrics
 * @param provenance where weights and data came from, by name
 * @param card the model card in Markdown, if there is one
 * @param evaluation how it was judged
 */
public record ModelProfile(
    ModelDescription model,
    Map<String, String> provenance,
    Optional<String> card,
    BundleEvaluation evaluation) {

  /** Copies the map, keeping its order. */
  public ModelProfile {
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /** Returns the profile of a model of which no more is known than its description. */
  public static ModelProfile of(ModelDescription model) {
    return new ModelProfile(model, Map.of(), Optional.empty(), BundleEvaluation.NONE);
  }
}
