package io.deixis.service.http;

import io.deixis.service.problem.Addresses;
import io.deixis.service.problem.Problem;
import io.deixis.service.problem.ProblemType;
import io.deixis.service.problem.ProblemWriter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Checks the head of a request before the body is read: the length of address and headers, the
 * host, how the body is delimited, media types, which compare without case (RFC 9110, 8.3.1),
 * options in the address, and {@code OPTIONS}. The server itself reads somewhat longer heads
 * ({@code quarkus.http.limits.*}); what is beyond even that it refuses by itself, see {@link
 * RefusalDocuments}.
 */
class RequestHeadFilter {

  private static final int MOST_ADDRESS_CHARACTERS = 4096;
  private static final int MOST_HEADER_CHARACTERS = 16_384;

  /** The type of a body that does not say its type (RFC 9110, 8.3). */
  private static final String UNKNOWN = MediaType.APPLICATION_OCTET_STREAM;

  /** After the filter for CORS (300), which answers the {@code OPTIONS} of pages of other sites. */
  private static final int PRIORITY = 280;

  /** Before the server's own handler; an address with one of its own comes first. */
  private static final int FAILURES = Integer.MIN_VALUE + 1;

  private final ProblemWriter problems;
  private final String prefix;

  /** In their order: the first that refuses a request tells why. */
  private final List<Check> checks =
      List.of(
          RequestHeadFilter::addressTooLong,
          RequestHeadFilter::headersTooLarge,
          RequestHeadFilter::severalHosts,
          RequestHeadFilter::notDelimited,
          RequestHeadFilter::acceptsNoTypes,
          this::optionInAddress);

  /** A check of a head. */
  private interface Check {

    /** Returns why the request is refused; nothing if it is not. */
    Optional<Problem> of(RoutingContext context);
  }

  RequestHeadFilter(
      ProblemWriter problems,
      @ConfigProperty(name = "quarkus.http.root-path", defaultValue = "/") String rootPath) {
    this.problems = problems;
    this.prefix = rootPath.replaceAll("/+$", "");
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  /** Tells what fails outside the resources as a problem, before the server has its own page. */
  void register(@Observes Router router) {
    router.route().order(FAILURES).failureHandler(this::tell);
  }

  private void tell(RoutingContext context) {
    if (context.statusCode() == 400 && context.request().authority() == null) {
      problems.send(
          context,
          ProblemType.MALFORMED_REQUEST,
          "The header Host names no host; send the one that is asked, such as Host:"
              + " localhost:8080.");
    } else {
      problems.sendFailure(context, context.failure());
    }
  }

  private void check(RoutingContext context) {
    for (Check check : checks) {
      Optional<Problem> refusal = check.of(context);
      if (refusal.isPresent()) {
        problems.send(context, refusal.get());
        return;
      }
    }
    tidyMediaTypes(context.request().headers());
    if (context.request().method() == HttpMethod.OPTIONS) {
      tellMethods(context);
    } else {
      context.next();
    }
  }

  private static Optional<Problem> addressTooLong(RoutingContext context) {
    return refusedIf(
        context.request().uri().length() > MOST_ADDRESS_CHARACTERS,
        ProblemType.ADDRESS_TOO_LONG,
        "The address has more than %,d characters; send what it holds in a form or as JSON."
            .formatted(MOST_ADDRESS_CHARACTERS));
  }

  private static Optional<Problem> headersTooLarge(RoutingContext context) {
    return refusedIf(
        characters(context.request().headers()) > MOST_HEADER_CHARACTERS,
        ProblemType.HEADERS_TOO_LARGE,
        "The headers have more than %,d characters; leave out cookies and what nobody reads."
            .formatted(MOST_HEADER_CHARACTERS));
  }

  private static Optional<Problem> severalHosts(RoutingContext context) {
    return refusedIf(
        context.request().headers().getAll(HttpHeaders.HOST).size() > 1,
        ProblemType.MALFORMED_REQUEST,
        "The request names more than one host; send one header Host.");
  }

  /** Chunks are the only transfer coding that is read (RFC 9112, 6.1 and 6.3). */
  private static Optional<Problem> notDelimited(RoutingContext context) {
    boolean chunked =
        context.request().headers().getAll(HttpHeaders.TRANSFER_ENCODING).stream()
            .allMatch(coding -> coding.strip().equalsIgnoreCase("chunked"));
    if (!chunked) {
      // Where such a body ends is not known, so nothing behind it may be read as a request.
      context.addEndHandler(sent -> context.request().connection().close());
    }
    return refusedIf(
        !chunked,
        ProblemType.MALFORMED_REQUEST,
        "The request's Transfer-Encoding is not known; send chunked or a Content-Length.");
  }

  private static Optional<Problem> acceptsNoTypes(RoutingContext context) {
    return refusedIf(
        context.request().headers().getAll(HttpHeaders.ACCEPT).stream()
            .flatMap(accept -> Arrays.stream(accept.split(",")))
            .anyMatch(type -> !type.isBlank() && !isAccepted(type)),
        ProblemType.MALFORMED_REQUEST,
        "The header Accept is no list of media types; send one such as application/json.");
  }

  private static boolean isAccepted(String type) {
    try {
      String weight = MediaType.valueOf(type.strip()).getParameters().get("q");
      return weight == null || Float.parseFloat(weight) >= 0;
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  /** Options are read from the body alone; passed over here, they would seem to hold. */
  private Optional<Problem> optionInAddress(RoutingContext context) {
    if (context.request().method() != HttpMethod.POST
        || !context.normalizedPath().startsWith(prefix + "/v1/")) {
      return Optional.empty();
    }
    return context.queryParams().names().stream()
        .findFirst()
        .map(
            name ->
                Problem.of(
                    ProblemType.OPTION_UNKNOWN,
                    RequestReader.shortened(name),
                    RequestReader.isOption(name)
                        ? "The option \"%s\" stands in the address, where none is read; send it in the body, as a field of the form or a member of the JSON."
                            .formatted(name)
                        : "There is no option \"%s\", and none is read from the address; leave it out."
                            .formatted(RequestReader.shortened(name))));
  }

  private static Optional<Problem> refusedIf(boolean wrong, ProblemType type, String detail) {
    return wrong ? Optional.of(Problem.of(type, null, detail)) : Optional.empty();
  }

  private static void tidyMediaTypes(MultiMap headers) {
    String type = headers.get(HttpHeaders.CONTENT_TYPE);
    if (type != null) {
      headers.set(HttpHeaders.CONTENT_TYPE, isMediaType(type) ? plain(type) : UNKNOWN);
    }
    String accept = headers.get(HttpHeaders.ACCEPT);
    if (accept != null) {
      headers.set(
          HttpHeaders.ACCEPT,
          Arrays.stream(accept.split(","))
              .map(RequestHeadFilter::plain)
              .collect(Collectors.joining(",")));
    }
  }

  private static long characters(MultiMap headers) {
    long characters = 0;
    for (Map.Entry<String, String> header : headers) {
      characters += header.getKey().length() + header.getValue().length();
    }
    return characters;
  }

  private static boolean isMediaType(String type) {
    try {
      MediaType.valueOf(type);
      return true;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  /** Returns a media type in lower case, its parameters as they are. */
  private static String plain(String type) {
    int parameters = type.indexOf(';');
    return parameters < 0
        ? type.toLowerCase(Locale.ROOT)
        : type.substring(0, parameters).toLowerCase(Locale.ROOT) + type.substring(parameters);
  }

  private void tellMethods(RoutingContext context) {
    String path = context.normalizedPath();
    if (!path.startsWith(prefix) || path.startsWith(prefix + "/q/")) {
      context.next();
      return;
    }
    String own = path.substring(prefix.length());
    Optional<String> allowed = Addresses.allowed(own.isEmpty() ? "/" : own).or(() -> ofFile(own));
    if (allowed.isEmpty()) {
      problems.send(
          context, ProblemType.NOT_FOUND, "Check the address; /q/openapi lists those of the API.");
      return;
    }
    context.response().setStatusCode(204).putHeader(HttpHeaders.ALLOW, allowed.get()).end();
  }

  private static Optional<String> ofFile(String path) {
    boolean isFile =
        Thread.currentThread().getContextClassLoader().getResource("META-INF/resources" + path)
            != null;
    return isFile ? Optional.of("GET, HEAD, OPTIONS") : Optional.empty();
  }
}
