package io.deixis.grounding;

import java.util.Optional;

/**
 * What comes with a request beside its content; it is passed on to the code that does the work.
 *
 * @param deadline until when the caller waits for the answer
 * @param requestId a name by which the request is found in the logs of all who handled it
 * @param traceparent position in a distributed trace, as W3C Trace Context writes it
 * @param tracestate what tracing systems add to it, as W3C Trace Context writes it
 * @param cancellation tells when the one who asked has gone
 */
public record RequestContext(
    Optional<Deadline> deadline,
    Optional<String> requestId,
    Optional<String> traceparent,
    Optional<String> tracestate,
    Cancellation cancellation) {

  /** The context of a request that comes with nothing else. */
  public static final RequestContext NONE =
      new RequestContext(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Cancellation.NEVER);

  /** Returns this context with a deadline. */
  public RequestContext within(Deadline limit) {
    return new RequestContext(Optional.of(limit), requestId, traceparent, tracestate, cancellation);
  }

  /** Returns this context with another name. */
  public RequestContext named(String id) {
    return new RequestContext(deadline, Optional.of(id), traceparent, tracestate, cancellation);
  }

  /** Returns this context for one who may go before the answer is there. */
  public RequestContext cancelledBy(Cancellation other) {
    return new RequestContext(deadline, requestId, traceparent, tracestate, other);
  }
}
