package io.deixis.service.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.service.problem.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The response to one line of a batch: an answer or a problem.
 *
 * @param line the line's number in the request, counted from 1
 * @param answer what was found; missing if there is a problem
 * @param problem why there is no answer; missing if there is one
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "BatchLine", description = "Either the answer to a line of the batch, or a problem")
public record BatchLine(int line, GroundingAnswer answer, Problem problem) {

  static BatchLine of(int line, GroundingAnswer answer) {
    return new BatchLine(line, answer, null);
  }

  static BatchLine of(int line, Problem problem) {
    return new BatchLine(line, null, problem);
  }
}
