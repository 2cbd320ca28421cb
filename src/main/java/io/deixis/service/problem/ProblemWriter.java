package io.deixis.service.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.grounding.GroundingException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers with a problem where Quarkus REST does not: before it and beside it. */
@ApplicationScoped
public class ProblemWriter {

  /** How long what still comes of a refused body is dropped before its connection is closed. */
  private static final long LINGER_MILLIS = 1_000;

  private final ObjectMapper mapper;
  private final ProblemMeters meters;

  ProblemWriter(ObjectMapper mapper, ProblemMeters meters) {
    this.mapper = mapper;
    this.meters = meters;
  }

  /**
   * Answers with what a route failed with; nothing, if its answer has begun or its caller has gone.
   *
   * @param failure null if there is nothing but the status code
   */
  public void sendFailure(RoutingContext context, Throwable failure) {
    if (context.response().headWritten()
        || context.response().closed()
        || ProblemMapper.isOfLostCaller(failure, context)) {
      return;
    }
    if (failure instanceof GroundingException refusal) {
      send(context, refusal);
      return;
    }
    send(
        context,
        ProblemType.ofHttp(context.statusCode())
            .map(ProblemMapper::problem)
            .orElseGet(
                () ->
                    ProblemMapper.fault(
                        failure == null ? new HttpException(context.statusCode()) : failure)));
  }

  /** Refuses a request as {@code reason} says. */
  public void send(RoutingContext context, GroundingException reason) {
    ProblemType.retryAfter(reason)
        .ifPresent(
            wait ->
                context
                    .response()
                    .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds())));
    send(context, ProblemMapper.problem(reason));
  }

  /**
   * Refuses a request.
   *
   * @param detail one sentence: what is wrong and what to do
   */
  public void send(RoutingContext context, ProblemType type, String detail) {
    send(context, Problem.of(type, null, detail));
  }

  /**
   * Sends a problem. A body that was not read whole stays so, and the connection cannot serve
   * another request then, unless the caller keeps the body until it has leave to send it. A
   * connection of HTTP/2 serves others at the same time and stays; there the rest is dropped as it
   * comes.
   */
  public void send(RoutingContext context, Problem problem) {
    meters.count(problem);
    HttpServerRequest request = context.request();
    HttpServerResponse response =
        context
            .response()
            .setStatusCode(problem.status())
            .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
    if (request.isEnded() || request.headers().contains(HttpHeaders.EXPECT)) {
      response.end(json(problem));
      return;
    }
    if (request.version() == HttpVersion.HTTP_2) {
      response.end(json(problem));
      request.resume();
      return;
    }
    // Closed at once, the connection would be reset under the answer by what still comes. So that
    // is dropped until it ends, or for a moment.
    response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE).end(json(problem));
    request.handler(dropped -> {}).endHandler(end -> request.connection().close()).resume();
    context.vertx().setTimer(LINGER_MILLIS, over -> request.connection().close());
  }

  private String json(Problem problem) {
    try {
      return mapper.writeValueAsString(problem);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
