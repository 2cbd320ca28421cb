package io.deixis.service.admission;

import io.deixis.grounding.Cancellation;
import io.deixis.service.problem.Addresses;
import io.deixis.service.problem.Problem;
import io.deixis.service.problem.ProblemType;
import io.deixis.service.problem.ProblemWriter;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets requests with a body in, or refuses them before the body is read. {@link BodyStreamFilter}
 * counts the bodies as they come. It is a singleton, so that it stops the same timer that it
 * started: otherwise events would create a second one, and the first timer would outlive the
 * server.
 */
@Singleton
public class AdmissionFilter {

  /** Before whatever else reads a body. */
  private static final int PRIORITY = 100;

  /** After Quarkus has noted its limit on bodies; {@link ReceivedBody} has a sentence for it. */
  private static final int AFTER_LIMIT = 1;

  private static final String QUARKUS_LIMIT = "io.quarkus.max-request-size";

  private static final long WATCH_MILLIS = 500;

  private final Admission admission;
  private final ProblemWriter problems;
  private final long mostBytes;
  private final Vertx vertx;
  private final long watch;

  AdmissionFilter(
      Admission admission,
      ProblemWriter problems,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes,
      Vertx vertx) {
    this.admission = admission;
    this.problems = problems;
    this.mostBytes = mostBytes.asLongValue();
    this.vertx = vertx;
    this.watch = vertx.setPeriodic(WATCH_MILLIS, tick -> admission.giveUpSlow());
  }

  void register(@Observes Filters filters) {
    filters.register(this::admit, PRIORITY);
    filters.register(AdmissionFilter::liftLimit, AFTER_LIMIT);
  }

  void stop(@Observes ShutdownEvent end) {
    vertx.cancelTimer(watch);
  }

  private static void liftLimit(RoutingContext context) {
    if (context.get(Place.class.getName()) != null) {
      context.put(QUARKUS_LIMIT, Long.MAX_VALUE);
    }
    context.next();
  }

  private void admit(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method() != HttpMethod.POST) {
      context.next();
    } else if (isEncoded(request)) {
      context.response().putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
      refuse(
          context,
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "The body has a Content-Encoding; send it as it is.");
    } else if (isBatch(context)) {
      // Its lines have limits of their own; Quarkus would hold its declared length against one.
      request.headers().remove(HttpHeaders.CONTENT_LENGTH);
      enter(context);
    } else if (declaredBytes(request) > mostBytes) {
      refuse(context, ProblemType.BODY_TOO_LARGE, tooLarge());
    } else {
      enter(context);
    }
  }

  private static boolean isBatch(RoutingContext context) {
    return context.normalizedPath().endsWith(Addresses.BATCH);
  }

  private static boolean isEncoded(HttpServerRequest request) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    return encoding != null && !encoding.strip().equalsIgnoreCase("identity");
  }

  private static long declaredBytes(HttpServerRequest request) {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return declared == null ? 0 : Long.parseLong(declared);
  }

  private String tooLarge() {
    return "The request has more than %,d bytes; send a smaller image.".formatted(mostBytes);
  }

  private void enter(RoutingContext context) {
    Context own = context.vertx().getOrCreateContext();
    Optional<Place> entered = admission.enter(() -> own.runOnContext(now -> giveUp(context)));
    if (entered.isEmpty()) {
      problems.send(context, admission.busy());
      return;
    }
    Place place = entered.get();
    Cancellation cancellation = new Cancellation();
    context.put(Cancellation.class.getName(), cancellation);
    context.put(Place.class.getName(), place);
    context.addHeadersEndHandler(begun -> place.sending());
    // Other code may replace the response's handlers, but not this one.
    ChannelFuture connectionEnd =
        ((ConnectionBase) context.request().connection()).channel().closeFuture();
    ChannelFutureListener gone =
        closed -> {
          place.close();
          cancellation.cancel();
        };
    connectionEnd.addListener(gone);
    context.addEndHandler(
        sent -> {
          connectionEnd.removeListener(gone);
          place.close();
          if (sent.failed()) {
            cancellation.cancel();
          }
        });
    context.next();
  }

  /** Ends a request whose caller sends or reads too slowly. */
  private void giveUp(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (!response.headWritten() && !context.request().isEnded()) {
      refuse(
          context,
          ProblemType.REQUEST_TIMEOUT,
          "The body came too slowly; send it faster, or a smaller image.");
    } else if (context.request().version() != HttpVersion.HTTP_2) {
      context.request().connection().close();
    }
    if (context.request().version() == HttpVersion.HTTP_2) {
      response.reset(); // ends this stream alone
    }
  }

  private void refuse(RoutingContext context, ProblemType type, String detail) {
    if (!context.response().ended()) {
      problems.send(context, Problem.of(type, null, detail));
    }
  }
}
