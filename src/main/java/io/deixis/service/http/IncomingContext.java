package io.deixis.service.http;

import io.deixis.grounding.Cancellation;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.RequestContext;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.UnaryOperator;

/** What comes with the HTTP request that is being answered. */
@ApplicationScoped
public class IncomingContext {

  private final GroundingLimits limits;
  private final CurrentVertxRequest current;

  IncomingContext(GroundingLimits limits, CurrentVertxRequest current) {
    this.limits = limits;
    this.current = current;
  }

  /**
   * Returns the context of the request: what its headers say, a deadline in any case, and a
   * cancellation for when its caller disconnects.
   *
   * @param header gives a header's value by its name, or null
   * @throws GroundingException as {@link RequestHeaders#read}
   */
  public RequestContext read(UnaryOperator<String> header) {
    RequestContext context = RequestHeaders.read(header);
    RequestContext limited =
        context.deadline().isPresent() ? context : context.within(Deadline.after(limits.timeout()));
    RoutingContext request = current.getCurrent();
    Cancellation gone = request == null ? null : request.get(Cancellation.class.getName());
    return gone == null ? limited : limited.cancelledBy(gone);
  }
}
