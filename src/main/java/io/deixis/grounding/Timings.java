package io.deixis.grounding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long an answer took, in milliseconds.
 *
 * @param stages each stage's share, in order of work: {@code query}, {@code decode}, {@code
 *     backbone}, {@code regions}, {@code phrases}, {@code matching}; a stage that was not needed is
 *     missing
 * @param total from the request's arrival at the grounder to its answer
 * @param imageCached whether the image's features were remembered from an earlier request
 */
public record Timings(Map<String, Double> stages, double total, boolean imageCached) {

  /** Copies the stages, keeping their order. */
  public Timings {
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
  }
}
