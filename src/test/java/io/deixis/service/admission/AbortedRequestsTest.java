package io.deixis.service.admission;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.service.Photos;
import io.deixis.service.ScriptedGrounder;
import io.deixis.service.problem.ProblemMapper;
import io.deixis.service.problem.ProblemType;
import io.netty.handler.codec.http2.Http2Error;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a request, its place and its bytes are given back. */
@QuarkusTest
@TestProfile(AbortedRequestsTest.SmallBodies.class)
@Timeout(120)
class AbortedRequestsTest {

  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String NDJSON = "Content-Type: application/x-ndjson\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
  private static final String LINE =
      "{\"image\":\"%s\",\"phrases\":[\"a cat\"]}\n"
          .formatted(Base64.getEncoder().encodeToString(Photos.png(32, 20)));

  /** A limit on bodies that tests reach soon. */
  public static class SmallBodies implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.http.limits.max-body-size", "100K", "deixis.admission.requests", "4");
    }
  }

  /** What the log calls a fault of the software. */
  private static final class Faults extends Handler {
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(LogRecord message) {
      if (message.getLevel().intValue() > Level.INFO.intValue() || message.getThrown() != null) {
        told.add(message.getMessage() + ": " + causes(message.getThrown()));
      }
    }

    private static String causes(Throwable thrown) {
      return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
          .map(Throwable::toString)
          .collect(Collectors.joining(", caused by "));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

  @Inject Admission admission;
  @TestHTTPResource URI server;

  private final Faults faults = new Faults();

  @BeforeEach
  void listen() {
    LOG.addHandler(faults);
  }

  /** Callers who go away are no fault. */
  @AfterEach
  void noneWasCalledAFault() {
    LOG.removeHandler(faults);
    assertThat(faults.told).isEmpty();
  }

  /** Beginnings of requests whose callers go away, each with what they are. */
  static Stream<String> beginnings() {
    String waiting = LINE.replace("a cat", ScriptedGrounder.WAIT);
    return Stream.of(
        JSON + "Content-Length: 50000\r\n\r\n",
        JSON + "Content-Length: 50000\r\n\r\n{\"image\":",
        JSON + CHUNKED,
        JSON + CHUNKED + chunk("{\"image\":"),
        JSON + CHUNKED + "no chunk\r\n",
        JSON + "Content-Length: %d\r\n\r\n%s".formatted(waiting.length(), waiting),
        JSON + CHUNKED + chunk("x".repeat(90_000)) + chunk("x".repeat(90_000)),
        "Content-Type: multipart/form-data; boundary=B\r\n" + CHUNKED + chunk("--B\r\nContent"),
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\nall=");
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void theCallerGoesAway(String beginning) throws IOException {
    for (String path : new String[] {"/v1/ground", "/functions/ground", "/", "/settings"}) {
      for (boolean reset : new boolean[] {false, true}) {
        try (Socket socket = begun(path, beginning)) {
          if (reset) {
            socket.setSoLinger(true, 0);
          }
        }
      }
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 5_000})
  void theCallerOfABatchGoesAway(int bytes) throws IOException {
    String lines = LINE.repeat(20);
    begun("/v1/ground/batch", NDJSON + CHUNKED + chunk(lines + "x".repeat(bytes))).close();
    assertNothingIsLeft();
  }

  @Test
  void aBodyOfUnknownLengthIsRefusedAboveTheLimit() throws IOException {
    for (int i = 0; i < 6; i++) {
      try (Socket socket = begun("/v1/ground", JSON + CHUNKED)) {
        for (int sent = 0; sent < 20; sent++) {
          send(socket, chunk("x".repeat(10_000)));
        }
        send(socket, "0\r\n\r\n");
        assertThat(answer(socket))
            .startsWith("HTTP/1.1 413")
            .contains(ProblemType.BODY_TOO_LARGE.uri());
      }
    }
    assertNothingIsLeft();
  }

  @Test
  void aBatchWithAnEndlessLineSaysThatItIsIncomplete() throws IOException {
    try (Socket socket = begun("/v1/ground/batch", NDJSON + CHUNKED + chunk(LINE))) {
      for (int sent = 0; sent < 22; sent++) {
        send(socket, chunk("x".repeat(10_000)));
      }
      send(socket, "0\r\n\r\n");
      assertThat(answer(socket))
          .contains("{\"line\":1,\"answer\":")
          .contains("{\"line\":2,\"problem\":")
          .contains("The batch ends at a line of more than");
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBatchMayBeLargerThanAnyOfItsLines(boolean chunked) throws IOException {
    int lines = 2 * 100 * 1024 / LINE.length() + 1;
    String batch = LINE.repeat(lines);
    String body =
        chunked
            ? CHUNKED + chunk(batch) + "0\r\n\r\n"
            : "Content-Length: %d\r\n\r\n%s".formatted(batch.length(), batch);
    try (Socket socket = begun("/v1/ground/batch", NDJSON + body)) {
      assertThat(answer(socket)).contains("{\"line\":" + lines + ",\"answer\":");
    }
    assertNothingIsLeft();
  }

  @Test
  void aStreamOfHttpTwoIsCancelled() throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    http.send(
        HttpRequest.newBuilder(server.resolve("/v1/models")).build(), BodyHandlers.discarding());
    for (int i = 0; i < 3; i++) {
      CompletableFuture<HttpResponse<String>> waiting =
          http.sendAsync(
              HttpRequest.newBuilder(server.resolve("/v1/ground"))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(LINE.replace("a cat", ScriptedGrounder.WAIT)))
                  .build(),
              BodyHandlers.ofString());
      await(() -> admission.requests() > 0);
      waiting.cancel(true);
      assertNothingIsLeft();
    }
  }

  /** What a caller of HTTP/2 sent before it went, each with what it is. */
  static Stream<Arguments> streams() {
    String waiting = LINE.replace("a cat", ScriptedGrounder.WAIT);
    return Stream.of("/v1/ground", "/v1/ground/batch", "/functions/ground", "/settings")
        .flatMap(
            path ->
                Stream.of(
                    Arguments.of(path, "", false),
                    Arguments.of(path, "{\"image\":", false),
                    Arguments.of(path, "x".repeat(90_000), false),
                    Arguments.of(path, waiting, false),
                    Arguments.of(path, waiting, true)));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void aStreamOfHttpTwoIsReset(String path, String sent, boolean whole) {
    abortHttpTwo(path, sent, whole, request -> request.reset(Http2Error.CANCEL.code()));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void aConnectionOfHttpTwoSaysGoodbye(String path, String sent, boolean whole) {
    abortHttpTwo(
        path,
        sent,
        whole,
        request -> {
          request.connection().goAway(Http2Error.INTERNAL_ERROR.code());
          request.connection().close();
        });
  }

  private void abortHttpTwo(
      String path, String sent, boolean whole, Consumer<HttpClientRequest> abort) {
    Vertx vertx = Vertx.vertx();
    try {
      HttpClientOptions priorKnowledge =
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false);
      HttpClientRequest request =
          vertx
              .createHttpClient(priorKnowledge)
              .request(HttpMethod.POST, server.getPort(), server.getHost(), path)
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      request.exceptionHandler(gone -> {});
      request.putHeader(
          "Content-Type", path.endsWith("batch") ? "application/x-ndjson" : "application/json");
      request.setChunked(true); // HTTP/2 knows no chunks; it lets the length stay unknown
      request.sendHead().toCompletionStage().toCompletableFuture().join();
      Future<Void> written = whole ? request.end(sent) : request.write(sent);
      written.toCompletionStage().toCompletableFuture().join();
      abort.accept(request);
      assertNothingIsLeft();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** Requests whose beginnings the server reads only now may take every place for a moment. */
  private void assertNothingIsLeft() {
    int status;
    do {
      await(() -> admission.requests() == 0 && admission.bytes() == 0);
      status =
          given().contentType("application/json").body(LINE).post("/v1/ground").getStatusCode();
    } while (status == 429);
    assertThat(status).isEqualTo(200);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private Socket begun(String path, String beginning) throws IOException {
    Socket socket = new Socket(server.getHost(), server.getPort());
    send(socket, "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + beginning);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  /** Reads until the answer's end, or that of the connection. */
  private static String answer(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    byte[] bytes = new byte[8192];
    InputStream in = socket.getInputStream();
    for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
      answer.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
      String text = answer.toString();
      boolean chunked = text.contains("transfer-encoding: chunked");
      if (chunked ? text.endsWith("0\r\n\r\n") : text.endsWith("}")) {
        break;
      }
    }
    return answer.toString();
  }
}
