package io.deixis.service.function.funqy;

import io.deixis.service.http.RequestReader;
import io.deixis.service.problem.ProblemType;
import io.deixis.service.problem.ProblemWriter;
import io.quarkus.funqy.runtime.ApplicationException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * The only address of this package, and its problems. {@link FunctionBody} reads the body of every
 * request, so the application's other routes do not work beside it. Of a failure, Funqy itself
 * would report the status code alone.
 */
class FunctionRoute {

  private static final String PATH = "/ground";

  /** What the platform asks: health and metrics. */
  private static final String MANAGEMENT = "/q/";

  /** After requests have their ids, before they are admitted. */
  private static final int PRIORITY = 150;

  private final ProblemWriter problems;

  FunctionRoute(ProblemWriter problems) {
    this.problems = problems;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  void register(@Observes Router router) {
    // Before the server's own, which knows status codes and pages.
    router.route(PATH).order(Integer.MIN_VALUE).failureHandler(this::fail);
  }

  private void fail(RoutingContext context) {
    Throwable failure = context.failure();
    if (failure == null && context.statusCode() == ProblemType.MALFORMED_REQUEST.status()) {
      problems.send(
          context,
          ProblemType.MALFORMED_REQUEST,
          "The body is not JSON; send an object with the image and phrases or a caption.");
      return;
    }
    // What the function throws, Funqy wraps.
    boolean wrapped = failure instanceof ApplicationException;
    problems.sendFailure(context, wrapped ? failure.getCause() : failure);
  }

  private void check(RoutingContext context) {
    String path = context.normalizedPath();
    if (path.startsWith(MANAGEMENT)) {
      context.next();
    } else if (!path.equals(PATH)) {
      problems.send(
          context, ProblemType.NOT_FOUND, "This package is the function alone: POST /ground.");
    } else if (!context.request().method().equals(HttpMethod.POST)) {
      context.response().putHeader(HttpHeaders.ALLOW, HttpMethod.POST.name());
      problems.send(context, ProblemType.METHOD_NOT_ALLOWED, "The function takes POST alone.");
    } else if (!RequestReader.isJson(context.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
      problems.send(
          context,
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "The function by Funqy takes application/json alone; send the photo in base64.");
    } else {
      context.next();
    }
  }
}
