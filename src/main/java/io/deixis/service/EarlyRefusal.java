package io.deixis.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.grounding.GroundingException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Answers a request with a problem before its body is read. */
@ApplicationScoped
public class EarlyRefusal {

  private final ObjectMapper mapper;
  private final ProblemMeters meters;

  EarlyRefusal(ObjectMapper mapper, ProblemMeters meters) {
    this.mapper = mapper;
    this.meters = meters;
  }

  /** Refuses a request as {@code reason} says. */
  public void send(RoutingContext context, GroundingException reason) {
    ProblemType type = ProblemType.of(reason.reason());
    reason
        .retryAfter()
        .or(type::retryAfter)
        .map(Duration::toSeconds)
        .ifPresent(
            seconds ->
                context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
    send(context, Problem.of(reason));
  }

  /**
   * Sends a problem. The rest of the body is not read, so the connection cannot serve another
   * request, unless the caller keeps the body until it has leave to send it. A connection of HTTP/2
   * serves others at the same time and stays; there the rest is dropped as it comes.
   */
  void send(RoutingContext context, Problem problem) {
    meters.count(problem);
    HttpServerResponse response =
        context
            .response()
            .setStatusCode(problem.status())
            .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
    if (context.request().headers().contains(HttpHeaders.EXPECT)) {
      response.end(json(problem));
      return;
    }
    if (context.request().version() == HttpVersion.HTTP_2) {
      response.end(json(problem));
      context.request().resume();
      return;
    }
    response
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(json(problem))
        .onComplete(sent -> context.request().connection().close());
  }

  private String json(Problem problem) {
    try {
      return mapper.writeValueAsString(problem);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
