package io.deixis.service.http;

import io.deixis.grounding.Cancellation;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The headers that carry a {@link RequestContext} from one server to the next. {@code traceparent}
 * and {@code tracestate} are those of W3C Trace Context; they are handed on unchanged, as it asks
 * of those who take no part in a trace.
 */
public final class RequestHeaders {

  /** Names the request in the logs of all who handle it: 1 to 128 letters, digits and marks. */
  public static final String REQUEST_ID = "X-Request-Id";

  /** How long the caller waits for the answer, in seconds; decimals are allowed. */
  public static final String REQUEST_TIMEOUT = "X-Request-Timeout";

  private static final String TRACEPARENT = "traceparent";
  private static final String TRACESTATE = "tracestate";

  private static final Pattern ID = Pattern.compile("[\\w.:+/=@-]{1,128}");
  private static final Pattern PARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Pattern STATE = Pattern.compile("[\\x20-\\x7e]{1,512}");

  /** Longer than anybody waits, and short enough to count in nanoseconds. */
  private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(86_400);

  private RequestHeaders() {}

  /**
   * Reads the context of a request. Ids and trace positions that are not well formed are left out.
   *
   * @param header gives a header's value by its name, or null
   * @throws GroundingException with reason {@code OPTION_INVALID} if the timeout is no number of
   *     seconds above 0
   */
  public static RequestContext read(UnaryOperator<String> header) {
    Optional<String> parent = wellFormed(header.apply(TRACEPARENT), PARENT);
    return new RequestContext(
        Optional.ofNullable(header.apply(REQUEST_TIMEOUT)).map(RequestHeaders::deadline),
        requestId(header),
        parent,
        parent.flatMap(traced -> wellFormed(header.apply(TRACESTATE), STATE)),
        Cancellation.NEVER);
  }

  /** Reads the request's id alone; empty if none came or it is not well formed. */
  static Optional<String> requestId(UnaryOperator<String> header) {
    return wellFormed(header.apply(REQUEST_ID), ID);
  }

  /** Returns {@code context} as headers; its deadline as the time that is left. */
  public static Map<String, String> write(RequestContext context) {
    Map<String, String> headers = new LinkedHashMap<>();
    context
        .deadline()
        .ifPresent(deadline -> headers.put(REQUEST_TIMEOUT, seconds(deadline.remaining())));
    context.requestId().ifPresent(id -> headers.put(REQUEST_ID, id));
    context.traceparent().ifPresent(parent -> headers.put(TRACEPARENT, parent));
    context.tracestate().ifPresent(state -> headers.put(TRACESTATE, state));
    return headers;
  }

  private static Deadline deadline(String seconds) {
    try {
      BigDecimal value = new BigDecimal(seconds.strip());
      if (value.signum() > 0) {
        long nanos = value.min(LONGEST_SECONDS).movePointRight(9).longValue();
        return Deadline.after(Duration.ofNanos(nanos));
      }
    } catch (NumberFormatException notANumber) {
      // answered below, as a number out of range is
    }
    throw new GroundingException(
        Reason.OPTION_INVALID,
        REQUEST_TIMEOUT,
        "The header \"" + REQUEST_TIMEOUT + "\" cannot be read",
        "use a number of seconds above 0, such as 2.5");
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).toPlainString();
  }

  private static Optional<String> wellFormed(String value, Pattern form) {
    return Optional.ofNullable(value).map(String::strip).filter(form.asMatchPredicate());
  }
}
