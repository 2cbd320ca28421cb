package io.deixis.service.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import org.jboss.logging.MDC;

/**
 * Gives every request an id, or keeps the one that it came with. The id is in the log, in the
 * answer, and in requests to workers.
 */
class RequestIdFilter {

  /** Before every other filter, so that what they refuse has an id too. */
  private static final int PRIORITY = 1_000;

  void register(@Observes Filters filters) {
    filters.register(RequestIdFilter::identify, PRIORITY);
  }

  private static void identify(RoutingContext context) {
    HttpServerRequest request = context.request();
    String id =
        RequestHeaders.requestId(request::getHeader).orElseGet(() -> UUID.randomUUID().toString());
    request.headers().set(RequestHeaders.REQUEST_ID, id);
    context.response().putHeader(RequestHeaders.REQUEST_ID, id);
    MDC.put("requestId", id);
    context.next();
  }
}
