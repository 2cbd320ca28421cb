package io.deixis.service.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.service.problem.Problem;
import io.deixis.service.problem.ProblemType;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A worker's answer.
 *
 * @param status the HTTP status code
 * @param headers the answer's headers
 * @param body the answer's bytes
 * @param bodySent whether the request's body had been sent before the answer came
 */
record WorkerAnswer(int status, MultiMap headers, byte[] body, boolean bodySent) {

  /** Longest wait that is passed on: an hour. */
  private static final long MAX_RETRY_SECONDS = 3_600;

  /**
   * Reads the document that answers the request.
   *
   * @throws GroundingException if the worker refuses the request
   * @throws WorkerFailure if the worker could not do its work or answers something else
   */
  <T> T read(Class<T> type, ObjectMapper mapper) throws WorkerFailure {
    try {
      return mapper.readValue(answered(mapper).body, type);
    } catch (IOException notTheContract) {
      throw WorkerFailure.unavailable(
          "The worker's answer could not be read; check that both run the same version.",
          bodySent,
          notTheContract);
    }
  }

  /**
   * Returns this if the request was answered.
   *
   * @throws GroundingException if the worker refuses the request
   * @throws WorkerFailure if the worker could not do its work
   */
  WorkerAnswer answered(ObjectMapper mapper) throws WorkerFailure {
    if (status != 200) {
      throw refusal(mapper);
    }
    return this;
  }

  private WorkerFailure refusal(ObjectMapper mapper) {
    GroundingException report = problem(mapper).orElseGet(this::byStatus);
    Optional<Duration> wait = retryAfter();
    if (wait.isPresent()) {
      report = report.retryAfter(wait.get());
    }
    return switch (report.reason()) {
      case BUSY, NOT_READY, WORKER_UNAVAILABLE, DEADLINE_EXCEEDED ->
          new WorkerFailure(report, bodySent);
      default -> throw report;
    };
  }

  /** Reads the worker's problem back into the exception that it reports; empty if it is none. */
  private Optional<GroundingException> problem(ObjectMapper mapper) {
    String contentType = headers.get(HttpHeaders.CONTENT_TYPE);
    if (contentType == null || !contentType.startsWith(Problem.MEDIA_TYPE)) {
      return Optional.empty();
    }
    try {
      Problem problem = mapper.readValue(body, Problem.class);
      return ProblemType.reason(problem.type())
          .filter(reason -> reason != Reason.WORKER_UNAVAILABLE && reason != Reason.INTERNAL)
          .map(reason -> new GroundingException(reason, problem.field(), problem.detail()));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** What is known if no problem says more: a gateway on the way may have answered. */
  private GroundingException byStatus() {
    return switch (status) {
      case 429 ->
          new GroundingException(
              Reason.BUSY, null, "The worker has too much to do", "try again in a moment");
      case 504 ->
          new GroundingException(
              Reason.DEADLINE_EXCEEDED,
              null,
              "The worker did not answer in time",
              "try again, or send fewer phrases");
      default ->
          new GroundingException(
              Reason.WORKER_UNAVAILABLE,
              null,
              "The worker could not answer (status %d)".formatted(status),
              "try again in a moment");
    };
  }

  private Optional<Duration> retryAfter() {
    return Optional.ofNullable(headers.get(HttpHeaders.RETRY_AFTER))
        .map(String::strip)
        .filter(value -> value.matches("\\d{1,9}"))
        .map(value -> Duration.ofSeconds(Math.min(Long.parseLong(value), MAX_RETRY_SECONDS)));
  }
}
