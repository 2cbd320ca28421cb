package io.deixis.service.admission;

import io.deixis.grounding.Cancellation;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.service.ProblemWriter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Lets requests with a body in, or refuses them before the body is read. A place is given back when
 * the answer is sent, or its caller has gone; work that waits is told so.
 */
class AdmissionFilter {

  /** After the check of a single request's size. */
  private static final int PRIORITY = 90;

  private final Admission admission;
  private final ProblemWriter problems;

  AdmissionFilter(Admission admission, ProblemWriter problems) {
    this.admission = admission;
    this.problems = problems;
  }

  void register(@Observes Filters filters) {
    filters.register(this::admit, PRIORITY);
  }

  private void admit(RoutingContext context) {
    if (context.request().method() != HttpMethod.POST) {
      context.next();
      return;
    }
    Optional<Admission.Place> place = admission.enter(size(context));
    if (place.isEmpty()) {
      problems.send(
          context,
          new GroundingException(
                  Reason.BUSY, null, "Too many requests are being answered", "try again later")
              .retryAfter(admission.retryAfter()));
      return;
    }
    Cancellation cancellation = new Cancellation();
    context.put(Cancellation.class.getName(), cancellation);
    context.addEndHandler(
        sent -> {
          place.get().close();
          if (sent.failed()) {
            cancellation.cancel();
          }
        });
    context.next();
  }

  /** A body of unknown length counts as nothing here; the limit of one request's size holds. */
  private static long size(RoutingContext context) {
    String declared = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    return declared == null ? 0 : Long.parseLong(declared);
  }
}
