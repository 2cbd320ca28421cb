package io.deixis.service.function.funqy;

import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.grounding.requests.RequestDraft;
import io.deixis.service.http.IncomingContext;
import io.deixis.service.http.RequestReader;
import io.quarkus.funqy.Funq;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** {@code POST /ground}: the function as Funqy's HTTP binding calls it. */
public class GroundFunq {

  private static final byte[] NOTHING = {};

  private final GroundingService service;
  private final IncomingContext incoming;
  private final CurrentVertxRequest current;

  GroundFunq(GroundingService service, IncomingContext incoming, CurrentVertxRequest current) {
    this.service = service;
    this.incoming = incoming;
    this.current = current;
  }

  /**
   * Grounds the request whose body Funqy holds.
   *
   * @param unread null if the body is empty
   */
  @Funq("ground")
  public GroundingAnswer ground(UnreadBody unread) {
    RoutingContext context = current.getCurrent();
    HttpServerRequest request = context.request();
    byte[] body =
        Optional.ofNullable(context.body().buffer()).map(Buffer::getBytes).orElse(NOTHING);
    RequestDraft draft =
        RequestReader.read(body, request.getHeader(HttpHeaders.CONTENT_TYPE)).draft();
    return service.ground(draft, incoming.read(request::getHeader));
  }
}
