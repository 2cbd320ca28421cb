package io.deixis.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged function by Funqy's HTTP binding, before a worker. */
@Timeout(120)
class FunqyIT {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  private static PackagedProcess worker;
  private static PackagedProcess function;

  @BeforeAll
  static void start() throws Exception {
    worker = PackagedProcess.worker("funqy-worker");
    worker.start();
    function =
        new PackagedProcess(
            "funqy",
            Path.of(System.getProperty("deixis.packaged.funqy")).toRealPath(),
            List.of("deixis.worker.url=" + worker.url()));
    function.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (function != null) {
      function.stop();
    }
    if (worker != null) {
      worker.stop();
    }
  }

  @Test
  void requestIsAnsweredAsByTheWorkerItself() throws Exception {
    String request = MAPPER.writeValueAsString(Map.of("image", photo(), "phrases", List.of("cat")));

    HttpResponse<String> answer = post("/ground", JSON, BodyPublishers.ofString(request));
    HttpResponse<String> worker = HTTP.send(ofWorker(request), BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(JSON);
    assertThat(found(answer)).isEqualTo(found(worker)).isNotEmpty();
    assertThat(found(answer).at("/0/found").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"phrases": ["a cat"]}                                | 400 | image-missing
          {"image": "AAAA", "phrases": ["a cat"]}               | 415 | image-unsupported
          {"image": "AAAA", "phrases": ["a cat"], "boxes": 3}   | 400 | option-unknown
          {"image": 3, "phrases": ["a cat"]}                    | 400 | malformed-request
          {"image": "AA                                         | 400 | malformed-request
          a cat                                                 | 400 | malformed-request
          []                                                    | 400 | malformed-request
          ''                                                    | 400 | malformed-request
          """)
  void whatCannotBeAnsweredGetsAProblem(String request, int status, String type) throws Exception {
    HttpResponse<String> answer = post("/ground", JSON, BodyPublishers.ofString(request));

    assertProblem(answer, status, type);
  }

  @Test
  void deadlineOfTheCallerHolds() throws Exception {
    String request = MAPPER.writeValueAsString(Map.of("image", photo(), "phrases", List.of("cat")));

    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(function.url().resolve("/ground"))
                .header("Content-Type", JSON)
                .header("X-Request-Timeout", "0.001")
                .POST(BodyPublishers.ofString(request))
                .build(),
            BodyHandlers.ofString());

    assertProblem(answer, 504, "deadline-exceeded");
  }

  @Test
  void bodyThatIsTooLargeGetsAProblem() throws Exception {
    HttpResponse<String> answer =
        post("/ground", JSON, BodyPublishers.ofByteArray(new byte[33 << 20]));

    assertProblem(answer, 413, "body-too-large");
  }

  @Test
  void bodyOfUnknownLengthIsCountedAsItComes() throws Exception {
    try (Socket socket = begun("Transfer-Encoding: chunked\r\n\r\n186a0\r\n")) {
      socket.getOutputStream().write(new byte[99_000]);
      awaitMetrics("deixis_admission_size_bytes 99000.0");
    }
    awaitMetrics("deixis_admission_requests 0.0", "deixis_admission_size_bytes 0.0");
  }

  @Test
  void bodyOfUnknownLengthAboveTheLimitGetsAProblem() throws Exception {
    HttpResponse<String> answer =
        post(
            "/ground",
            JSON,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[33 << 20])));

    assertProblem(answer, 413, "body-too-large");
  }

  @Test
  void bodyThatDoesNotComeGetsAProblem() throws Exception {
    try (Socket socket = begun("Content-Length: 1000000\r\n\r\n{")) {
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 408")
          .contains("/problems#request-timeout");
    }
  }

  @Test
  void formsAreRefused() throws Exception {
    HttpResponse<String> answer =
        post("/ground", "multipart/form-data; boundary=b", BodyPublishers.ofString("--b--"));

    assertProblem(answer, 415, "unsupported-media-type");
  }

  @Test
  void onlyTheFunctionIsThere() throws Exception {
    assertProblem(get("/"), 404, "not-found");
    assertProblem(post("/v1/ground", JSON, BodyPublishers.ofString("{}")), 404, "not-found");

    HttpResponse<String> answer = get("/ground");
    assertProblem(answer, 405, "method-not-allowed");
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
  }

  private static void awaitMetrics(String... lines) throws Exception {
    Instant limit = Instant.now().plus(PATIENCE);
    List<String> told = get("/q/metrics").body().lines().toList();
    while (!told.containsAll(List.of(lines))) {
      assertThat(Instant.now()).as("%s is told", List.of(lines)).isBefore(limit);
      Thread.sleep(20);
      told = get("/q/metrics").body().lines().toList();
    }
  }

  /** Sends the head of a request, and as much of its body as is given. */
  private static Socket begun(String rest) throws IOException {
    Socket socket = new Socket(function.url().getHost(), function.url().getPort());
    String head = "POST /ground HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    socket.getOutputStream().write((head + rest).getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String type)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
    JsonNode problem = MAPPER.readTree(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("type").asText()).isEqualTo("/problems#" + type);
    assertThat(problem.path("detail").asText()).isNotBlank();
  }

  private static JsonNode found(HttpResponse<String> answer) throws IOException {
    return MAPPER.readTree(answer.body()).path("phrases");
  }

  private static HttpRequest ofWorker(String request) {
    return HttpRequest.newBuilder(worker.url().resolve("/v1/ground"))
        .header("Content-Type", JSON)
        .POST(BodyPublishers.ofString(request))
        .build();
  }

  private static HttpResponse<String> post(String path, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(function.url().resolve(path))
            .header("Content-Type", type)
            .POST(body)
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(function.url().resolve(path)).build(), BodyHandlers.ofString());
  }

  private static String photo() throws IOException {
    return Base64.getEncoder()
        .encodeToString(Files.readAllBytes(Path.of("web/public/examples/chelsea.jpg")));
  }
}
