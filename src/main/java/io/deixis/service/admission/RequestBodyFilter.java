package io.deixis.service.admission;

import io.deixis.grounding.Cancellation;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.service.GroundBatchResource;
import io.deixis.service.Problem;
import io.deixis.service.ProblemType;
import io.deixis.service.ProblemWriter;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets requests with a body in, or refuses them before the body is read, and reads the body as long
 * as it keeps to the limits on size and time. Only a whole body goes on to the resources; the batch
 * reads its lines itself.
 */
class RequestBodyFilter {

  /** Before whatever else reads a body. */
  private static final int PRIORITY = 100;

  /** After Quarkus has noted its limit on bodies, which a batch need not keep to as a whole. */
  private static final int AFTER_LIMIT = 1;

  private static final String QUARKUS_LIMIT = "io.quarkus.max-request-size";

  private static final long WATCH_MILLIS = 500;

  private final Admission admission;
  private final ProblemWriter problems;
  private final long mostBytes;

  RequestBodyFilter(
      Admission admission,
      ProblemWriter problems,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes,
      Vertx vertx) {
    this.admission = admission;
    this.problems = problems;
    this.mostBytes = mostBytes.asLongValue();
    vertx.setPeriodic(WATCH_MILLIS, tick -> admission.giveUpSlow());
  }

  void register(@Observes Filters filters) {
    filters.register(this::admit, PRIORITY);
    filters.register(RequestBodyFilter::liftLimit, AFTER_LIMIT);
  }

  private static void liftLimit(RoutingContext context) {
    if (isBatch(context)) {
      context.put(QUARKUS_LIMIT, Long.MAX_VALUE);
    }
    context.next();
  }

  private static boolean isBatch(RoutingContext context) {
    return context.normalizedPath().endsWith(GroundBatchResource.PATH);
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
    } else if (declaredBytes(request) > mostBytes) {
      refuse(context, ProblemType.BODY_TOO_LARGE, tooLarge());
    } else {
      enter(context);
    }
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
    Optional<Place> entered =
        admission.enter(() -> context.vertx().runOnContext(now -> giveUp(context)));
    if (entered.isEmpty()) {
      refuseBusy(context);
      return;
    }
    Place place = entered.get();
    Cancellation cancellation = new Cancellation();
    context.put(Cancellation.class.getName(), cancellation);
    context.put(Place.class.getName(), place);
    context.addHeadersEndHandler(begun -> place.sending());
    // Others may replace the response's handlers; nobody can replace this one.
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
    if (isBatch(context)) {
      place.working();
      context.next();
    } else {
      read(context, place, cancellation);
    }
  }

  private void read(RoutingContext context, Place place, Cancellation cancellation) {
    HttpServerRequest request = context.request();
    Buffer body = Buffer.buffer();
    request.handler(
        bytes -> {
          if (context.response().ended()) {
            return; // refused, and the rest is dropped as it comes
          }
          if (body.length() + bytes.length() > mostBytes) {
            place.close();
            refuse(context, ProblemType.BODY_TOO_LARGE, tooLarge());
          } else if (place.received(bytes.length())) {
            body.appendBuffer(bytes);
          } else {
            place.close();
            refuseBusy(context);
          }
        });
    request.exceptionHandler(
        broken -> {
          place.close();
          cancellation.cancel();
        });
    request.endHandler(
        end -> {
          if (!context.response().ended()) {
            place.working();
            context.setBody(body);
            context.next();
          }
        });
    if (request.headers().contains(HttpHeaders.EXPECT)) {
      context.response().writeContinue();
    }
    request.resume();
  }

  /** Ends a request whose caller sends or reads too slowly. */
  private void giveUp(RoutingContext context) {
    if (context.response().headWritten() || context.request().isEnded()) {
      context.request().connection().close();
      return;
    }
    refuse(
        context,
        ProblemType.REQUEST_TIMEOUT,
        "The body came too slowly; send it faster, or a smaller image.");
  }

  private void refuseBusy(RoutingContext context) {
    problems.send(
        context,
        new GroundingException(
                Reason.BUSY, null, "Too many requests are being answered", "try again later")
            .retryAfter(admission.retryAfter()));
  }

  private void refuse(RoutingContext context, ProblemType type, String detail) {
    if (!context.response().ended()) {
      problems.send(context, Problem.of(type, null, detail));
    }
  }
}
