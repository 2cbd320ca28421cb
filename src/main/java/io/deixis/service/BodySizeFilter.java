package io.deixis.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a body that declares more bytes than any request needs. The server would refuse it too,
 * though with an empty answer instead of a problem.
 */
class BodySizeFilter {

  /** Above the order of the server's own check. */
  private static final int PRIORITY = 100;

  private final long maxBytes;
  private final ObjectMapper mapper;

  BodySizeFilter(
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize,
      ObjectMapper mapper) {
    this.maxBytes = maxBodySize.asLongValue();
    this.mapper = mapper;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    String declared = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (declared == null || Long.parseLong(declared) <= maxBytes) {
      context.next();
      return;
    }
    // The rest of the body is not read, so the connection cannot serve another request.
    context
        .response()
        .setStatusCode(ProblemType.BODY_TOO_LARGE.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(problem())
        .onComplete(sent -> context.request().connection().close());
  }

  private String problem() {
    Problem problem =
        Problem.of(
            ProblemType.BODY_TOO_LARGE,
            null,
            "The request has more than %,d bytes; send a smaller image.".formatted(maxBytes));
    try {
      return mapper.writeValueAsString(problem);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
