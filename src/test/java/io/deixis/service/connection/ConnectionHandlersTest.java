package io.deixis.service.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.deixis.service.Photos;
import io.deixis.service.problem.Problem;
import io.deixis.service.problem.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which wishes to go on in HTTP/2 are granted, that none keeps a request from its answer, and what
 * is said to who speaks no HTTP.
 */
@QuarkusTest
@Timeout(60)
class ConnectionHandlersTest {

  private static final String SETTINGS = "HTTP2-Settings: AAMAAABkAAQAAP__\r\n";
  private static final String WISH =
      "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n" + SETTINGS;

  /** What a client sends that speaks HTTP/2 from the start, with an empty SETTINGS frame. */
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  private static final String BODY =
      "{\"image\":\"%s\",\"phrases\":[\"a cat\"]}"
          .formatted(Base64.getEncoder().encodeToString(Photos.png(32, 20)));

  @TestHTTPResource URI server;

  @Test
  void withoutABodyItIsGranted() throws IOException {
    try (Socket socket = open()) {
      send(socket, "GET /v1/models HTTP/1.1\r\nHost: here\r\n" + WISH + "\r\n");
      assertThat(statusLine(socket)).startsWith("HTTP/1.1 101 ");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withABodyItIsIgnored(boolean chunked) throws IOException {
    String half = BODY.substring(0, BODY.length() / 2);
    String rest = BODY.substring(half.length());
    try (Socket socket = open()) {
      String head = "POST /v1/ground HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n";
      send(socket, head + WISH);
      if (chunked) {
        send(socket, "Transfer-Encoding: chunked\r\n\r\n" + chunk(half));
        send(socket, chunk(rest) + "0\r\n\r\n");
      } else {
        send(socket, "Content-Length: " + BODY.length() + "\r\n\r\n" + half);
        send(socket, rest);
      }
      assertThat(statusLine(socket)).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: Upgrade\r\nUpgrade: h2c\r\n" + SETTINGS,
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n" + SETTINGS + SETTINGS,
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: %%%\r\n",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAA\r\n",
        // MAX_FRAME_SIZE of 1
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAUAAAAB\r\n",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: websocket\r\n" + SETTINGS,
        "Upgrade: h2c\r\n"
      })
  void whatIsNotWellFormedIsIgnored(String wish) throws IOException {
    try (Socket socket = open()) {
      send(socket, "GET /v1/models HTTP/1.1\r\nHost: here\r\n" + wish + "\r\n");
      assertThat(statusLine(socket)).startsWith("HTTP/1.1 200 ");
    }
  }

  /** The first bytes decide which protocol is spoken, however they come. */
  @Test
  void headsMayComeByteByByte() throws IOException {
    try (Socket socket = open()) {
      for (char letter : "POST /nowhere HTTP/1.1\r\nHost: here\r\n\r\n".toCharArray()) {
        send(socket, String.valueOf(letter));
      }
      assertThat(statusLine(socket)).startsWith("HTTP/1.1 404 ");
    }
    try (Socket socket = open()) {
      for (char letter : PREFACE.toCharArray()) {
        send(socket, String.valueOf(letter));
      }
      socket.getOutputStream().write(EMPTY_SETTINGS);
      byte[] frame = socket.getInputStream().readNBytes(EMPTY_SETTINGS.length);
      assertThat(frame[3]).as("type of the first frame").isEqualTo((byte) 4);
    }
  }

  /** Requests that no filter sees, and some that fail before the first one. */
  static Stream<Arguments> refused() {
    String get = "GET /v1/models HTTP/1.1\r\n";
    String post = "POST /v1/ground HTTP/1.1\r\nHost: here\r\n";
    String long70 = "a".repeat(70_000);
    return Stream.of(
        arguments("GARBAGE\r\n\r\n", 400, "malformed-request"),
        arguments(get + "\r\n", 400, "malformed-request"),
        arguments(get + "Host: a b/c\r\n\r\n", 400, "malformed-request"),
        arguments(get + "Host: here\r\nHost: there\r\n\r\n", 400, "malformed-request"),
        arguments(get + "Host: here\r\nno colon\r\n\r\n", 400, "malformed-request"),
        arguments("GET /%zz HTTP/1.1\r\nHost: here\r\n\r\n", 400, "malformed-request"),
        arguments("GET http://[::1 HTTP/1.1\r\nHost: here\r\n\r\n", 400, "malformed-request"),
        arguments(post + "Content-Length: five\r\n\r\n", 400, "malformed-request"),
        arguments(
            post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
            "malformed-request"),
        arguments(get + "Host: here\r\nCookie: " + long70 + "\r\n\r\n", 431, "headers-too-large"),
        arguments("GET /" + long70 + " HTTP/1.1\r\nHost: here\r\n\r\n", 414, "address-too-long"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsNoHttpGetsAProblem(String request, int status, String type) throws IOException {
    try (Socket socket = open()) {
      send(socket, request);
      assertThat(statusLine(socket)).contains(" " + status + " ");
      String rest = rest(socket);
      assertThat(rest.toLowerCase(Locale.ROOT)).contains("content-type: " + Problem.MEDIA_TYPE);
      assertThat(rest).contains("\"/problems#" + type + "\"").doesNotContain("instance");
    }
  }

  /** What is wrong with a head, and what the sentence about it says. */
  static Stream<Arguments> broken() {
    String host = "The header Host names no host; send the one that is asked";
    String accept = "The header Accept is no list of media types; send one such as";
    return Stream.of(
        arguments("", 400, host),
        arguments("Host: a b/c", 400, host),
        arguments("Host: here:99999", 400, host),
        arguments("Host: here:http", 400, host),
        arguments("Host: me@here", 400, host),
        arguments("Host: here\r\nHost: there", 400, "send one header Host"),
        arguments("Host: here\r\nAccept: garbage", 400, accept),
        arguments("Host: here\r\nAccept: text/html, ///", 400, accept),
        arguments("Host: here\r\nAccept: application/json;q=high", 400, accept),
        arguments(
            "Host: here\r\nAccept: image/jpeg",
            406,
            "The header Accept does not name application/json; send that."));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void theSentenceNamesTheHeaderThatIsWrong(String headers, int status, String sentence)
      throws IOException {
    for (String method : new String[] {"GET /v1/models", "POST /v1/zero-shot-object-detection"}) {
      try (Socket socket = open()) {
        String lines = headers.isEmpty() ? "" : headers + "\r\n";
        send(socket, method + " HTTP/1.1\r\n" + lines + "Content-Length: 0\r\n\r\n");
        assertThat(statusLine(socket)).as(method).contains(" " + status + " ");
        assertThat(rest(socket)).as(method).contains(sentence);
      }
    }
  }

  /** Among them what Java's own client, browsers and Prometheus send. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "",
        ",",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,*/*;q=0.1",
        "APPLICATION/JSON;charset=\"utf-8\""
      })
  void whatClientsAcceptIsRead(String accept) throws IOException {
    try (Socket socket = open()) {
      send(socket, "GET /v1/models HTTP/1.1\r\nHost: here\r\nAccept: " + accept + "\r\n\r\n");
      assertThat(statusLine(socket)).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/settings", "/v1/models", "/models/scripted"})
  void aRequestOfHttp10NeedsNoHost(String address) throws IOException {
    try (Socket socket = open()) {
      send(socket, "GET " + address + " HTTP/1.0\r\n\r\n");
      assertThat(statusLine(socket)).startsWith("HTTP/1.0 200 ");
    }
  }

  /** Behind a proxy that reads it otherwise, a second request could hide in a body. */
  @ParameterizedTest
  @ValueSource(strings = {"xchunked", "gzip", "identity", "gzip, chunked", "chunked;q=1"})
  void behindABodyWhoseEndIsNotKnownNoRequestIsRead(String coding) throws IOException {
    try (Socket socket = open()) {
      send(
          socket,
          "POST /v1/ground HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: %s\r\n\r\n"
                  .formatted(coding)
              + "GET /v1/models HTTP/1.1\r\nHost: here\r\n\r\n");
      assertThat(statusLine(socket)).contains(" 400 ");
      assertThat(socket.getInputStream().readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .contains(ProblemType.MALFORMED_REQUEST.uri())
          .doesNotContain("HTTP/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n",
        "-5\r\nhello\r\n",
        "fffffffff\r\n",
        "5\r\nhelloXX\r\n0\r\n\r\n",
        "\r\n\r\n"
      })
  void aBodyOfBrokenChunksGetsAProblem(String chunks) throws IOException {
    try (Socket socket = open()) {
      send(socket, chunkedHead("/v1/ground") + chunk("{\"image\":") + chunks);
      assertThat(statusLine(socket)).startsWith("HTTP/1.1 400 ");
      assertThat(socket.getInputStream().readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .contains(ProblemType.MALFORMED_REQUEST.uri(), "chunks cannot be read", "hexadecimal")
          .doesNotContain("HTTP/1.1");
    }
    assertThat(get("/v1/models")).startsWith("HTTP/1.1 200 ");
  }

  /** Nothing may stand between the lines of an answer that has begun; its end is missing then. */
  @Test
  void anAnswerThatHasBegunEndsWhereTheChunksBreak() throws IOException {
    try (Socket socket = open()) {
      String head = chunkedHead("/v1/ground/batch").replace("json", "x-ndjson");
      send(socket, head + chunk(BODY + "\n" + BODY + "\n")); // a line may wait for the next
      assertThat(statusLine(socket)).startsWith("HTTP/1.1 200 ");
      assertThat(rest(socket)).contains("\"line\":1");
      send(socket, "zz\r\n");
      assertThat(socket.getInputStream().readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .doesNotContain("HTTP/1.1", ProblemType.MALFORMED_REQUEST.uri());
    }
  }

  @Test
  void requestsBeforeOnTheSameConnectionDoNotMatter() throws IOException {
    try (Socket socket = open()) {
      for (int i = 0; i < 3; i++) {
        send(socket, "HEAD /v1/models HTTP/1.1\r\nHost: here\r\n\r\n");
        assertThat(statusLine(socket)).startsWith("HTTP/1.1 200 ");
        for (String line = " "; !line.isEmpty(); line = statusLine(socket).strip()) {
          // the headers
        }
        socket.getInputStream().read();
      }
      send(socket, chunkedHead("/v1/ground") + "zz\r\n");
      assertThat(statusLine(socket)).startsWith("HTTP/1.1 400 ");
    }
  }

  /** Answers come in the order of their requests, also if the second is broken at once. */
  @Test
  void theRequestBeforeIsAnsweredFirst() throws IOException {
    try (Socket socket = open()) {
      send(
          socket,
          "GET /v1/models HTTP/1.1\r\nHost: here\r\n\r\n" + chunkedHead("/v1/ground") + "zz\r\n");
      assertThat(statusLine(socket)).startsWith("HTTP/1.1 200 ");
      assertThat(socket.getInputStream().readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .contains("HTTP/1.1 400 ", "chunks cannot be read");
    }
  }

  /** Whoever reads no body has answered before the chunks break. */
  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/v1/models"})
  void whatWasAnsweredBeforeIsSent(String address) throws IOException {
    try (Socket socket = open()) {
      send(socket, chunkedHead(address) + "zz\r\n");
      assertThat(statusLine(socket)).startsWith("HTTP/1.1 40");
    }
  }

  private static String chunkedHead(String address) {
    return "POST "
        + address
        + " HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n";
  }

  private String get(String address) throws IOException {
    try (Socket socket = open()) {
      send(socket, "GET " + address + " HTTP/1.1\r\nHost: here\r\n\r\n");
      return statusLine(socket);
    }
  }

  private Socket open() throws IOException {
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static String chunk(String data) {
    return "%x\r\n%s\r\n".formatted(data.length(), data);
  }

  private static String statusLine(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /** Reads up to the end of a JSON object without others in it, or of the connection. */
  private static String rest(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder rest = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '}'; next = in.read()) {
      rest.append((char) next);
    }
    return rest.toString();
  }
}
