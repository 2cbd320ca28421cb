package io.deixis.service;

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
  private final ProblemWriter problems;

  BodySizeFilter(
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize,
      ProblemWriter problems) {
    this.maxBytes = maxBodySize.asLongValue();
    this.problems = problems;
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
    problems.send(
        context,
        Problem.of(
            ProblemType.BODY_TOO_LARGE,
            null,
            "The request has more than %,d bytes; send a smaller image.".formatted(maxBytes)));
  }
}
