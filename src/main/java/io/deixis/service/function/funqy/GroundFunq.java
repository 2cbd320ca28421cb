package io.deixis.service.function.funqy;

import io.deixis.answers.AnswerDocument;
import io.deixis.service.IncomingContext;
import io.deixis.service.function.GroundFunction;
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

  private final GroundFunction function;
  private final IncomingContext incoming;
  private final CurrentVertxRequest current;

  GroundFunq(GroundFunction function, IncomingContext incoming, CurrentVertxRequest current) {
    this.function = function;
    this.incoming = incoming;
    this.current = current;
  }

  /**
   * Grounds the request whose body Funqy holds.
   *
   * @param unread null if the body is empty
   */
  @Funq("ground")
  public AnswerDocument ground(UnreadBody unread) {
    RoutingContext context = current.getCurrent();
    HttpServerRequest request = context.request();
    byte[] body =
        Optional.ofNullable(context.body().buffer()).map(Buffer::getBytes).orElse(NOTHING);
    return function.ground(
        body, request.getHeader(HttpHeaders.CONTENT_TYPE), incoming.read(request::getHeader));
  }
}
