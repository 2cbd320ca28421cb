package io.deixis.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.service.problem.Problem;
import io.deixis.service.problem.ProblemType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** One front, never started again, before a worker that is killed, paused and overrun. */
@DisabledOnOs(OS.WINDOWS)
class FailingWorkerIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How long the front may take to find its worker well again; more than its circuit's pause. */
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private static final byte[] NOISE = noise();

  /** How many requests the worker has room for. */
  private static final int ROOM = 2;

  private static final Pattern AT_WORK =
      Pattern.compile("^http_server_active_requests\\S* ([\\d.]+)", Pattern.MULTILINE);

  private static PackagedProcess worker;
  private static PackagedProcess front;

  /**
   * HTTP/2, once a first answer has agreed to it: all requests share a connection, on which none
   * may wait behind another.
   */
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void startBoth() throws Exception {
    worker =
        PackagedProcess.worker(
            "failing-worker",
            "deixis.admission.requests=" + ROOM,
            "deixis.engine.concurrency=1",
            "deixis.engine.image-cache-bytes=0");
    front = PackagedProcess.front("front-of-failing-worker", worker, "deixis.worker.timeout=10s");
    worker.start();
    front.start();
  }

  @AfterAll
  static void stopBoth() throws Exception {
    for (PackagedProcess process : Arrays.asList(front, worker)) {
      if (process != null) {
        process.stop();
      }
    }
  }

  @BeforeEach
  void bothAreWell() throws Exception {
    awaitAnswer();
  }

  @Test
  void killedAtWorkAndStartedAgain() throws Exception {
    CompletableFuture<HttpResponse<String>> lost = ask(manyPhrases());
    awaitWork();
    worker.kill();
    assertProblem(lost.join(), 503, ProblemType.WORKER_UNAVAILABLE);
    assertThat(lost.join().headers().firstValue("Retry-After")).isPresent();

    assertProblem(ask(request("a cat")).join(), 503, ProblemType.WORKER_UNAVAILABLE);
    given().get(front.url().resolve("/q/health/live")).then().statusCode(200);

    worker.start();
    awaitAnswer();
  }

  @Test
  void stoppedInGoodOrderAndStartedAgain() throws Exception {
    worker.stop();
    for (int i = 0; i < 12; i++) { // enough for the circuit to open
      assertProblem(ask(request("a cat")).join(), 503, ProblemType.WORKER_UNAVAILABLE);
    }
    worker.start();
    awaitAnswer();
  }

  @Test
  void slowForWhoeverCannotWait() throws Exception {
    worker.pause();
    try {
      HttpResponse<String> late = ask(request("a cat"), "X-Request-Timeout", "1.5").join();
      assertProblem(late, 504, ProblemType.DEADLINE_EXCEEDED);
    } finally {
      worker.goOn();
    }
    awaitAnswer();
  }

  @Test
  void slowBeyondTheFrontsOwnLimit() throws Exception {
    worker.pause();
    try {
      List<CompletableFuture<HttpResponse<String>>> late =
          IntStream.range(0, 3).mapToObj(i -> ask(request("a cat"))).toList();
      for (CompletableFuture<HttpResponse<String>> answer : late) {
        assertProblem(answer.join(), 504, ProblemType.DEADLINE_EXCEEDED);
      }
    } finally {
      worker.goOn();
    }
    awaitAnswer();
  }

  @Test
  void slowAndThenWellAgainWithinTheTime() throws Exception {
    worker.pause();
    CompletableFuture<HttpResponse<String>> waiting = ask(request("a cat"));
    try {
      assertProblem(
          ask(request("a cat"), "X-Request-Timeout", "1").join(),
          504,
          ProblemType.DEADLINE_EXCEEDED);
      assertThat(waiting).isNotDone();
    } finally {
      worker.goOn();
    }
    assertThat(waiting.join().statusCode()).isEqualTo(200);
  }

  @Test
  void killedWhilePaused() throws Exception {
    worker.pause();
    CompletableFuture<HttpResponse<String>> lost = ask(request("a cat"));
    assertProblem(
        ask(request("a cat"), "X-Request-Timeout", "1.5").join(),
        504,
        ProblemType.DEADLINE_EXCEEDED);
    worker.kill();
    assertProblem(lost.join(), 503, ProblemType.WORKER_UNAVAILABLE);
    worker.start();
    awaitAnswer();
  }

  @Test
  void fullAndThenWithRoomAgain() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> crowd = new ArrayList<>();
    for (int i = 0; i < 8 * ROOM; i++) {
      crowd.add(ask(manyPhrases()));
    }
    List<HttpResponse<String>> answers = crowd.stream().map(CompletableFuture::join).toList();
    assertThat(answers)
        .extracting(HttpResponse::statusCode)
        .contains(200, 429)
        .containsOnly(200, 429);
    for (HttpResponse<String> answer : answers) {
      if (answer.statusCode() == 429) {
        assertProblem(answer, 429, ProblemType.BUSY);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
            .isBetween(1L, 60L);
      }
    }
    assertThat(ask(request("a cat")).join().statusCode()).isEqualTo(200);
  }

  @Test
  void everyFunctionReportsTheSame() throws Exception {
    worker.kill();
    HttpRequest event =
        HttpRequest.newBuilder(front.url().resolve("/functions/ground"))
            .header("Content-Type", "application/json")
            .header("ce-specversion", "1.0")
            .header("ce-id", "1")
            .header("ce-source", "/test")
            .header("ce-type", "photo.uploaded")
            .POST(BodyPublishers.ofByteArray(request("a cat")))
            .build();
    assertProblem(http.send(event, BodyHandlers.ofString()), 503, ProblemType.WORKER_UNAVAILABLE);
    worker.start();
    awaitAnswer();
  }

  private CompletableFuture<HttpResponse<String>> ask(byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(front.url().resolve("/v1/ground"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), BodyHandlers.ofString());
  }

  /** Waits until the worker answers through the front, which a circuit may keep from it a while. */
  private void awaitAnswer() throws InterruptedException {
    Instant limit = Instant.now().plus(RECOVERY);
    HttpResponse<String> answer = ask(request("a cat")).join();
    while (answer.statusCode() != 200 && Instant.now().isBefore(limit)) {
      Thread.sleep(100);
      answer = ask(request("a cat")).join();
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(front.isAlive()).isTrue();
  }

  /** Waits until the worker has a request besides the one that asks for this. */
  private void awaitWork() throws Exception {
    HttpRequest metrics = HttpRequest.newBuilder(worker.url().resolve("/q/metrics")).build();
    Instant limit = Instant.now().plus(RECOVERY);
    while (Instant.now().isBefore(limit)) {
      Matcher active = AT_WORK.matcher(http.send(metrics, BodyHandlers.ofString()).body());
      if (active.find() && Double.parseDouble(active.group(1)) > 1) {
        return;
      }
      Thread.sleep(5);
    }
    throw new AssertionError("The worker never got the request");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, ProblemType type)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith(Problem.MEDIA_TYPE);
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.path("type").asText()).isEqualTo(type.uri());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
  }

  /** A request that keeps the worker busy for a good while. */
  private static byte[] manyPhrases() {
    return request(
        IntStream.range(0, 64).mapToObj(i -> "the man number " + i).toArray(String[]::new));
  }

  private static byte[] request(String... phrases) {
    try {
      return JSON.writeValueAsBytes(
          Map.of("image", Base64.getEncoder().encodeToString(NOISE), "phrases", phrases));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A photo of nothing, large enough that decoding it takes its time. */
  private static byte[] noise() {
    BufferedImage image = new BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", bytes);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }
}
