package io.deixis.service.http;

import io.deixis.service.problem.Addresses;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Checks the head of a request before the body is read: the length of address and headers, media
 * types, which compare without case (RFC 9110, 8.3.1), and {@code OPTIONS}. The server itself reads
 * somewhat longer heads ({@code quarkus.http.limits.*}); what is beyond even that it refuses by
 * itself, see {@link RefusalDocuments}.
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
    router
        .route()
        .order(FAILURES)
        .failureHandler(context -> problems.sendFailure(context, context.failure()));
  }

  private void check(RoutingContext context) {
    MultiMap headers = context.request().headers();
    if (context.request().uri().length() > MOST_ADDRESS_CHARACTERS) {
      problems.send(
          context,
          ProblemType.ADDRESS_TOO_LONG,
          "The address has more than %,d characters; send what it holds in a form or as JSON."
              .formatted(MOST_ADDRESS_CHARACTERS));
      return;
    }
    if (characters(headers) > MOST_HEADER_CHARACTERS) {
      problems.send(
          context,
          ProblemType.HEADERS_TOO_LARGE,
          "The headers have more than %,d characters; leave out cookies and what nobody reads."
              .formatted(MOST_HEADER_CHARACTERS));
      return;
    }
    if (headers.getAll(HttpHeaders.HOST).size() > 1) {
      problems.send(
          context,
          ProblemType.MALFORMED_REQUEST,
          "The request names more than one host; send one header Host.");
      return;
    }
    if (!isDelimited(headers)) {
      // Where such a body ends is not known, so nothing behind it may be read as a request.
      context.addEndHandler(sent -> context.request().connection().close());
      problems.send(
          context,
          ProblemType.MALFORMED_REQUEST,
          "The request's Transfer-Encoding is not known; send chunked or a Content-Length.");
      return;
    }
    tidyMediaTypes(headers);
    if (context.request().method() == HttpMethod.OPTIONS) {
      tellMethods(context);
    } else {
      context.next();
    }
  }

  /** Chunks are the only transfer coding that is read (RFC 9112, 6.1 and 6.3). */
  private static boolean isDelimited(MultiMap headers) {
    return headers.getAll(HttpHeaders.TRANSFER_ENCODING).stream()
        .allMatch(coding -> coding.strip().equalsIgnoreCase("chunked"));
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
