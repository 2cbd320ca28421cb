package io.deixis.service.problem;

import static jakarta.ws.rs.core.HttpHeaders.ALLOW;

import io.deixis.answers.AnswerWriters;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers every failure with problem details that reveal nothing of the implementation. */
public class ProblemMapper {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  /** Looked up with each problem: mappers are made before the configuration is there. */
  private final Instance<ProblemMeters> meters;

  private final Instance<AnswerWriters> writers;

  ProblemMapper(Instance<ProblemMeters> meters, Instance<AnswerWriters> writers) {
    this.meters = meters;
    this.writers = writers;
  }

  @ServerExceptionMapper
  Response grounding(GroundingException exception) {
    if (exception.reason() == Reason.INTERNAL) {
      return internal(exception);
    }
    return response(
        ProblemType.of(exception.reason()), Problem.of(exception), exception.retryAfter());
  }

  @ServerExceptionMapper
  Response http(WebApplicationException exception, UriInfo uri) {
    int status = exception.getResponse().getStatus();
    if (status < 400) {
      return exception.getResponse();
    }
    return ProblemType.ofHttp(status)
        .map(type -> http(type, uri.getPath()))
        .orElseGet(() -> internal(exception));
  }

  private Response http(ProblemType type, String path) {
    Problem problem =
        switch (type) {
          case UNSUPPORTED_MEDIA_TYPE -> named(type, "Content-Type", Addresses.takes(path));
          case NOT_ACCEPTABLE -> {
            List<String> made = Addresses.makes(path);
            yield named(type, "Accept", made.isEmpty() ? writers.get().mediaTypes() : made);
          }
          default -> problem(type);
        };
    Response response = response(type, problem, Optional.empty());
    return type == ProblemType.METHOD_NOT_ALLOWED
        ? Addresses.allowed(path)
            .map(methods -> Response.fromResponse(response).header(ALLOW, methods).build())
            .orElse(response)
        : response;
  }

  /** Returns a problem with the media types in a header. */
  private static Problem named(ProblemType type, String header, List<String> known) {
    return known.isEmpty()
        ? problem(type)
        : Problem.of(
            type,
            null,
            known.size() == 1
                ? "The header %s does not name %s; send that.".formatted(header, known.get(0))
                : "The header %s names none of %s; send one of them."
                    .formatted(header, String.join(", ", known)));
  }

  @ServerExceptionMapper
  Response unexpected(Throwable exception, RoutingContext routing) {
    if (isOfLostCaller(exception, routing)) {
      LOG.info("The caller went away before the answer was sent");
      return Response.noContent().build(); // which nobody gets
    }
    return internal(exception);
  }

  /** Vert.x may fail a write before it calls the response closed. */
  static boolean isOfLostCaller(Throwable exception, RoutingContext routing) {
    return exception instanceof IOException
        && (routing.response().closed()
            || Stream.iterate(exception, Objects::nonNull, Throwable::getCause)
                .anyMatch(
                    cause ->
                        cause instanceof HttpClosedException
                            || cause instanceof StreamResetException
                            || cause instanceof ClosedChannelException));
  }

  private Response internal(Throwable exception) {
    return response(ProblemType.INTERNAL, fault(exception), Optional.empty());
  }

  /** Returns what HTTP itself refuses as a problem. */
  static Problem problem(ProblemType type) {
    return Problem.of(type, null, detail(type));
  }

  /** Returns a refusal as a problem; one that is a fault of the software is logged. */
  public static Problem problem(GroundingException refusal) {
    return refusal.reason() == Reason.INTERNAL ? fault(refusal) : Problem.of(refusal);
  }

  /** Logs a fault of the software, and returns a problem that names the log entry alone. */
  public static Problem fault(Throwable exception) {
    String instance = "urn:uuid:" + UUID.randomUUID();
    LOG.errorf(exception, "Request failed, %s", instance);
    ProblemType type = ProblemType.INTERNAL;
    return new Problem(
        type.uri(),
        type.title(),
        type.status(),
        "The fault is on this side and has been logged; report it with its instance.",
        null,
        instance);
  }

  private Response response(ProblemType type, Problem problem, Optional<Duration> retryAfter) {
    meters.get().count(problem);
    ResponseBuilder response =
        Response.status(type.status()).type(Problem.MEDIA_TYPE).entity(problem);
    retryAfter
        .or(type::retryAfter)
        .ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, wait.toSeconds()));
    return response.build();
  }

  private static String detail(ProblemType type) {
    return switch (type) {
      case NOT_FOUND -> "Check the address; /q/openapi lists those of the API.";
      case REQUEST_TIMEOUT -> "The body did not come in time; send it again.";
      case CROSS_SITE -> "Send the form from its own page; nothing was changed.";
      case METHOD_NOT_ALLOWED -> "Check the method; /q/openapi lists those of each address.";
      case BODY_TOO_LARGE -> "Send a smaller image.";
      case UNSUPPORTED_MEDIA_TYPE -> "This address reads no body of the type in Content-Type.";
      default -> "Check the request against /q/openapi.";
    };
  }
}
