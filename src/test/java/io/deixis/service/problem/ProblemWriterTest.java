package io.deixis.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemWriterTest {

  private final MeterRegistry counts = new SimpleMeterRegistry();
  private final List<Object> sent = new ArrayList<>();

  static Stream<Throwable> ofLostCallers() {
    return Stream.of(
            new HttpClosedException("Stream was closed"),
            new StreamResetException(8),
            new ClosedChannelException())
        .map(cause -> new IOException(new IOException("Failed to write", cause)));
  }

  /** Vert.x may fail a write before it calls the response closed. */
  @ParameterizedTest
  @MethodSource("ofLostCallers")
  void aCallerWhoHasGoneGetsNothingAndIsNoFault(Throwable failure) {
    writer().sendFailure(failed(), failure);

    assertThat(sent).isEmpty();
    assertThat(counts.getMeters()).isEmpty();
  }

  @Test
  void anyOtherFailureIsAnsweredAsAFault() {
    writer().sendFailure(failed(), new IOException("No space left on device"));

    assertThat(sent).singleElement().asString().contains(ProblemType.INTERNAL.uri());
    assertThat(counts.get("deixis.problems").counter().count()).isEqualTo(1);
  }

  private ProblemWriter writer() {
    return new ProblemWriter(new ObjectMapper(), new ProblemMeters(counts));
  }

  /** A request that was read whole; its answer has not begun. */
  private RoutingContext failed() {
    HttpServerRequest request = only(HttpServerRequest.class, Map.of("isEnded", true));
    HttpServerResponse response =
        only(HttpServerResponse.class, Map.of("headWritten", false, "closed", false));
    return only(
        RoutingContext.class, Map.of("request", request, "response", response, "statusCode", 500));
  }

  /**
   * An object that answers what it is told to, keeps what it is to send, and else returns itself.
   */
  private <T> T only(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("end")) {
                sent.add(arguments[0]);
                return null;
              }
              return answers.getOrDefault(method.getName(), self);
            }));
  }
}
