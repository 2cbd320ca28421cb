package io.deixis.service;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;

/**
 * Takes a body whose {@code Content-Type} is no media type for one of an unknown type (RFC 9110,
 * 8.3), which is refused with a sentence; the framework takes it for a fault of its own.
 */
class ContentTypeFilter {

  /** After requests have their ids. */
  private static final int PRIORITY = 900;

  void register(@Observes Filters filters) {
    filters.register(ContentTypeFilter::check, PRIORITY);
  }

  private static void check(RoutingContext context) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type != null && !isMediaType(type)) {
      context.request().headers().set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
    }
    context.next();
  }

  private static boolean isMediaType(String type) {
    try {
      MediaType.valueOf(type);
      return true;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }
}
