package io.deixis.service.function.funqy;

import io.deixis.service.admission.Admission;
import io.deixis.service.admission.Place;
import io.deixis.service.problem.ProblemType;
import io.deixis.service.problem.ProblemWriter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads the bodies of requests once they are admitted, counts them as they come, and leaves them
 * where Funqy looks for them. Vert.x's own body handler, which Funqy asks Quarkus for, comes before
 * every filter and would read them uncounted.
 */
class FunctionBody {

  /** After requests are admitted. */
  private static final int PRIORITY = 50;

  private final Admission admission;
  private final ProblemWriter problems;
  private final long mostBytes;

  FunctionBody(
      Admission admission,
      ProblemWriter problems,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes) {
    this.admission = admission;
    this.problems = problems;
    this.mostBytes = mostBytes.asLongValue();
  }

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(FunctionBody::passBodyHandler);
  }

  void register(@Observes Filters filters) {
    filters.register(this::read, PRIORITY);
  }

  /** Vert.x's body handler does nothing where it has been already, as after a reroute. */
  private static void passBodyHandler(RoutingContext context) {
    ((RoutingContextInternal) context).visitHandler(RoutingContextInternal.BODY_HANDLER);
    context.next();
  }

  private void read(RoutingContext context) {
    Place place = context.get(Place.class.getName());
    if (place == null) {
      context.next(); // health and metrics
      return;
    }
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      response.writeContinue();
    }
    Buffer body = Buffer.buffer();
    request
        .handler(bytes -> keep(context, place, body, bytes))
        .endHandler(
            end -> {
              if (!response.ended()) {
                place.working();
                ((RoutingContextInternal) context).setBody(body);
                context.next();
              }
            });
  }

  private void keep(RoutingContext context, Place place, Buffer body, Buffer bytes) {
    if (context.response().ended()) {
      return; // what still comes after a refusal
    }
    if (body.length() + bytes.length() > mostBytes) {
      problems.send(context, ProblemType.BODY_TOO_LARGE, "Send a smaller image.");
    } else if (!place.received(bytes.length())) {
      problems.send(context, admission.busy());
    } else {
      body.appendBuffer(bytes);
    }
  }
}
