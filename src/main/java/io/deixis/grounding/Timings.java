package io.deixis.grounding;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long an answer took, in milliseconds.
 *
 * @param stages each stage's share, in order of work: {@code query}, {@code decode}, {@code
 *     backbone}, {@code regions}, {@code phrases}, {@code matching}; a stage that was not needed is
 *     missing
 * @param total from the request's arrival at the grounder to its answer; {@code totalMs} in
 *     documents
 * @param imageCached whether the image's features were in the cache
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Timings(
    @JsonSerialize(contentUsing = Rounded.Milliseconds.class) Map<String, Double> stages,
    @JsonProperty("totalMs") @JsonSerialize(using = Rounded.Milliseconds.class) double total,
    boolean imageCached) {

  /** Copies the stages, keeping their order. */
  public Timings {
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
  }
}
