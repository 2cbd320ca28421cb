package io.deixis.service.problem;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of problems that the HTTP interface reports: every {@link Reason} under its own name,
 * and what HTTP itself can refuse. Names and status codes are part of the interface and stay.
 */
public enum ProblemType {
  /** No image came. */
  IMAGE_MISSING(400, "No image came"),
  /** The request cannot be read. */
  MALFORMED_REQUEST(400, "The request cannot be read"),
  /** An option does not exist. */
  OPTION_UNKNOWN(400, "There is no such option"),
  /** An option is out of its range. */
  OPTION_INVALID(400, "An option is out of its range"),
  /** No valid key came, where keys are asked for. */
  UNAUTHORIZED(401, "The request names no valid key"),
  /** Nothing is there. */
  NOT_FOUND(404, "There is nothing here"),
  /** No model has the name. */
  MODEL_UNKNOWN(404, "There is no such model"),
  /** The method is not for this address. */
  METHOD_NOT_ALLOWED(405, "The method does not fit this address"),
  /** No representation suits the client. */
  NOT_ACCEPTABLE(406, "None of the accepted media types can be made"),
  /** The body did not come in time. */
  REQUEST_TIMEOUT(408, "The request came too slowly"),
  /** The body is longer than any request needs. */
  BODY_TOO_LARGE(413, "The request is too large"),
  /** The image has too many bytes. */
  IMAGE_TOO_MANY_BYTES(413, "The image has too many bytes"),
  /** The image has too many pixels. */
  IMAGE_TOO_MANY_PIXELS(413, "The image has too many pixels"),
  /** The address is longer than any here. */
  ADDRESS_TOO_LONG(414, "The address is too long"),
  /** A page of another site sent the request. */
  CROSS_SITE(403, "Another site sent the request"),
  /** The headers are longer than any request needs. */
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  /** The body's media type is not read here. */
  UNSUPPORTED_MEDIA_TYPE(415, "The request's media type is not read here"),
  /** The image's format is not read here. */
  IMAGE_UNSUPPORTED(415, "The image's format is not read here"),
  /** The image is broken. */
  IMAGE_BROKEN(422, "The image is broken or cut short"),
  /** Nothing to look for. */
  PHRASE_MISSING(422, "There is no phrase to look for"),
  /** A phrase is blank. */
  PHRASE_EMPTY(422, "A phrase is empty"),
  /** A phrase or caption is too long. */
  PHRASE_TOO_LONG(422, "A phrase or the caption is too long"),
  /** Too many phrases. */
  TOO_MANY_PHRASES(422, "There are too many phrases"),
  /** The caption's markup is broken. */
  MARKUP_BROKEN(422, "The caption's markup is broken"),
  /** Too much work is waiting. */
  BUSY(429, "Too much work is waiting", 1),
  /** A fault of the software. */
  INTERNAL(500, "Something went wrong here"),
  /** The memory does not suffice just now. */
  OUT_OF_MEMORY(503, "The memory does not suffice just now", 1),
  /** No model is loaded yet. */
  NOT_READY(503, "The model is not ready", 5),
  /** The worker does not answer. */
  WORKER_UNAVAILABLE(503, "The worker does not answer", 5),
  /** The answer was not ready in time. */
  DEADLINE_EXCEEDED(504, "The answer was not ready in time");

  private static final String PAGE = "/problems#";

  private final int status;
  private final String title;
  private final Integer retryAfterSeconds;

  ProblemType(int status, String title) {
    this(status, title, null);
  }

  ProblemType(int status, String title, Integer retryAfterSeconds) {
    this.status = status;
    this.title = title;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Returns the type that reports {@code reason}. */
  public static ProblemType of(Reason reason) {
    return valueOf(reason.name());
  }

  /**
   * Returns the type that reports what HTTP refused with {@code status}; empty if there is none.
   */
  static Optional<ProblemType> ofHttp(int status) {
    return switch (status) {
      case 400 -> Optional.of(MALFORMED_REQUEST);
      case 404 -> Optional.of(NOT_FOUND);
      case 405 -> Optional.of(METHOD_NOT_ALLOWED);
      case 406 -> Optional.of(NOT_ACCEPTABLE);
      case 408 -> Optional.of(REQUEST_TIMEOUT);
      case 413 -> Optional.of(BODY_TOO_LARGE);
      case 414 -> Optional.of(ADDRESS_TOO_LONG);
      case 403 -> Optional.of(CROSS_SITE);
      case 431 -> Optional.of(HEADERS_TOO_LARGE);
      case 415 -> Optional.of(UNSUPPORTED_MEDIA_TYPE);
      default -> Optional.empty();
    };
  }

  /** Returns the reason that a problem of the type {@code uri} reports; empty if it is none. */
  public static Optional<Reason> reason(String uri) {
    return Arrays.stream(Reason.values())
        .filter(reason -> of(reason).uri().equals(uri))
        .findFirst();
  }

  /** Returns the URI reference, which leads to the page that lists the problems. */
  public String uri() {
    return PAGE + slug();
  }

  /** Returns the name in the URI, such as {@code image-broken}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the HTTP status code. */
  public int status() {
    return status;
  }

  /** Returns whether the fault is not the request's, so that the same one may be answered later. */
  public boolean mayPass() {
    return status == 429 || status >= 500;
  }

  /** Returns the type in a few words. */
  public String title() {
    return title;
  }

  /** Returns the time after which another try makes sense; empty if none does. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfterSeconds).map(Duration::ofSeconds);
  }

  /**
   * Returns the time after which another try of a refused request makes sense; empty if none does.
   */
  public static Optional<Duration> retryAfter(GroundingException refusal) {
    return refusal.retryAfter().or(of(refusal.reason())::retryAfter);
  }
}
