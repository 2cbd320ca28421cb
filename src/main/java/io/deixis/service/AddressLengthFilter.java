package io.deixis.service;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Refuses an address that is longer than any of this service. The server itself reads somewhat
 * longer ones ({@code quarkus.http.limits.max-initial-line-length}); what is beyond even that it
 * refuses with an empty answer.
 */
class AddressLengthFilter {

  private static final int MOST_CHARACTERS = 4096;

  /** Before whatever reads the address. */
  private static final int PRIORITY = 200;

  private final ProblemWriter problems;

  AddressLengthFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    if (context.request().uri().length() <= MOST_CHARACTERS) {
      context.next();
      return;
    }
    problems.send(
        context,
        Problem.of(
            ProblemType.ADDRESS_TOO_LONG,
            null,
            "The address has more than %,d characters; send what it holds in a form or as JSON."
                .formatted(MOST_CHARACTERS)));
  }
}
