package io.deixis.service.problem;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.deixis.grounding.GroundingException;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Why a request was not answered, as problem details (RFC 9457).
 *
 * @param type a URI reference that stays the same, one of {@link ProblemType}
 * @param title the type in a few words
 * @param status the HTTP status code
 * @param detail one sentence: what is wrong here and what to do
 * @param field the field of the request at fault; missing if there is none
 * @param instance a URI by which the occurrence is found in the log; missing if it is not logged
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Problem(
    String type, String title, int status, String detail, String field, String instance) {

  /** The media type of problem details. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** Returns the problem that reports {@code refusal}; it names no occurrence. */
  public static Problem of(GroundingException refusal) {
    return of(ProblemType.of(refusal.reason()), refusal.field().orElse(null), refusal.getMessage());
  }

  /** Returns a problem that names no occurrence. */
  public static Problem of(ProblemType type, String field, String detail) {
    return new Problem(type.uri(), type.title(), type.status(), detail, field, null);
  }
}
