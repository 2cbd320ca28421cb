package io.deixis.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator sees of a worker under load: right answers, meters, logs, an orderly end. */
class WorkerOperationIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern METRIC = Pattern.compile("\\b(?:deixis|http|jvm)_\\w+(?=\\{)");

  /** Only where there is a GPU. */
  private static final Set<String> OF_A_GPU = Set.of("deixis_device_memory_used_bytes");

  private static final int REQUESTS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static PackagedProcess worker;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Files.deleteIfExists(log("worker-operation"));
    worker =
        PackagedProcess.worker(
            "worker-operation",
            "deixis.models.directory=" + Path.of("models").toAbsolutePath(),
            "deixis.admission.requests=1000",
            "quarkus.log.console.json.enabled=true",
            "quarkus.http.access-log.enabled=true",
            "quarkus.log.category.\"io.quarkus.http.access-log\".level=INFO");
    worker.start();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    worker.stop();
  }

  @Test
  void manyAtOnceAreAnsweredAsEachByItself() throws Exception {
    List<String> bodies = bodies();
    List<JsonNode> single = new ArrayList<>();
    for (String body : bodies) {
      single.add(answer(ask(worker.url(), body).body()));
    }
    // Other photos than those that are remembered from before: a byte after the end of the file.
    List<String> again = bodies.stream().map(WorkerOperationIT::sameContentOtherBytes).toList();
    ExecutorService clients = Executors.newFixedThreadPool(32);
    try {
      List<CompletableFuture<JsonNode>> atOnce =
          IntStream.range(0, REQUESTS)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> answer(ask(worker.url(), again.get(i % again.size())).body()),
                          clients))
              .toList();
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(atOnce.get(i).join()).isEqualTo(single.get(i % single.size()));
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void imagesThatShareAPassAreSeenAsEachByItself() throws Exception {
    PackagedProcess batching =
        PackagedProcess.worker(
            "worker-batching",
            "deixis.models.directory=" + Path.of("models").toAbsolutePath(),
            "deixis.engine.batch-images=4",
            "deixis.engine.concurrency=1");
    batching.start();
    try {
      List<String> bodies = bodies().subList(0, 4);
      List<JsonNode> single =
          bodies.stream().map(body -> answer(ask(batching.url(), body).body())).toList();
      List<CompletableFuture<HttpResponse<String>>> together =
          bodies.stream()
              .map(WorkerOperationIT::sameContentOtherBytes)
              .map(body -> HTTP.sendAsync(request(batching.url(), body), BodyHandlers.ofString()))
              .toList();
      for (int i = 0; i < bodies.size(); i++) {
        assertAlike(answer(together.get(i).join().body()), single.get(i));
      }
      assertThat(get(batching.url().resolve("/q/metrics")))
          .containsPattern("deixis_pass_images_max(\\{\\S*})? [234]\\.0");
    } finally {
      batching.stop();
    }
  }

  @Test
  void halfPrecisionFindsNearlyTheSame() throws Exception {
    PackagedProcess half =
        PackagedProcess.worker(
            "worker-half",
            "deixis.models.directory=" + Path.of("models").toAbsolutePath(),
            "deixis.engine.precision=float16");
    half.start();
    try {
      List<JsonNode> all = new ArrayList<>();
      List<JsonNode> halves = new ArrayList<>();
      for (String body : bodies().subList(0, 4)) {
        all.add(answer(ask(worker.url(), body).body()));
        halves.add(answer(ask(half.url(), body).body()));
        assertAlike(halves.get(halves.size() - 1), all.get(all.size() - 1), 0.02, 4);
      }
      assertThat(halves).as("computed otherwise").isNotEqualTo(all);
    } finally {
      half.stop();
    }
  }

  /** Scores within 1e-4 and boxes within a tenth of a pixel, which answers round to. */
  private static void assertAlike(JsonNode answer, JsonNode other) {
    assertAlike(answer, other, 1.01e-4, 0.101);
  }

  private static void assertAlike(JsonNode answer, JsonNode other, double score, double pixels) {
    JsonNode phrases = answer.path("phrases");
    assertThat(phrases).hasSameSizeAs(other.path("phrases"));
    for (int p = 0; p < phrases.size(); p++) {
      JsonNode best = phrases.get(p).at("/boxes/0");
      JsonNode otherBest = other.path("phrases").get(p).at("/boxes/0");
      assertThat(best.path("score").asDouble())
          .isCloseTo(otherBest.path("score").asDouble(), within(score));
      for (int side = 0; side < 4; side++) {
        assertThat(best.path("box").path(side).asDouble())
            .isCloseTo(otherBest.path("box").path(side).asDouble(), within(pixels));
      }
    }
  }

  @Test
  void everyMeterOfTheDashboardIsThere() throws Exception {
    ask(worker.url(), bodies().get(0));
    ask(worker.url(), "{}");
    Set<String> drawn = new TreeSet<>();
    String dashboard = Files.readString(Path.of("deploy", "grafana", "deixis.json"));
    for (JsonNode expression : JSON.readTree(dashboard).findValues("expr")) {
      Matcher metric = METRIC.matcher(expression.asText());
      while (metric.find()) {
        drawn.add(metric.group());
      }
    }
    drawn.removeAll(OF_A_GPU);
    assertThat(drawn).hasSizeGreaterThan(10);

    Set<String> told =
        get(worker.url().resolve("/q/metrics"))
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("[{ ]", 2)[0])
            .collect(Collectors.toSet());
    assertThat(told).containsAll(drawn);
  }

  @Test
  void logsAreOneDocumentALineThatNamesTheRequest() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(worker.url().resolve("/v1/models"))
            .header("X-Request-Id", "asked-by-the-test")
            .build();
    assertThat(HTTP.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);

    // The line of an access is written once its answer has gone.
    await(
        () ->
            documents().stream()
                .anyMatch(
                    document ->
                        document.path("message").asText().contains("GET /v1/models")
                            && document.at("/mdc/requestId").asText().equals("asked-by-the-test")));
    assertThat(documents())
        .isNotEmpty()
        .allMatch(document -> document.has("level") && document.has("timestamp"));
  }

  /** The lines of the log that are documents; the last may be still in writing. */
  private static List<JsonNode> documents() throws IOException {
    String text = Files.readString(log("worker-operation"));
    List<JsonNode> documents = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
      if (line.startsWith("{")) {
        documents.add(JSON.readTree(line));
      }
    }
    return documents;
  }

  @Test
  void whoIsStoppedAnswersWhatIsInWork() throws Exception {
    PackagedProcess stopped =
        PackagedProcess.worker(
            "worker-stopped", "deixis.models.directory=" + Path.of("models").toAbsolutePath());
    stopped.start();
    String many = bodies().get(4);
    List<CompletableFuture<HttpResponse<String>>> inWork =
        IntStream.range(0, 12)
            .mapToObj(i -> HTTP.sendAsync(request(stopped.url(), many), BodyHandlers.ofString()))
            .toList();
    // Some may be answered before the last one has come.
    await(
        () ->
            atWork(stopped.url()) + inWork.stream().filter(CompletableFuture::isDone).count()
                >= inWork.size());
    stopped.stop();

    assertThat(inWork).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    assertThat(Files.readString(log("worker-stopped"))).doesNotContain("SIG");
  }

  /** Returns how many requests are at work or wait. */
  private static double atWork(URI server) throws IOException, InterruptedException {
    return get(server.resolve("/q/metrics"))
        .lines()
        .filter(line -> line.startsWith("deixis_admission_requests "))
        .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
        .sum();
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.call()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(5);
    }
  }

  private static Path log(String name) {
    return Path.of("target", "it", name + ".log");
  }

  /** Requests of one and of many phrases, of captions, and of several photos. */
  private static List<String> bodies() throws IOException {
    List<String> photos = new ArrayList<>();
    for (String name : List.of("coffee", "chelsea", "rocket", "astronaut")) {
      Path file = Path.of("web", "public", "examples", name + ".jpg");
      photos.add(Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    }
    Random random = new Random(7);
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String query =
          i % 3 == 2
              ? "\"caption\":\"A cat beside a cup of coffee, number %d.\"".formatted(i)
              : IntStream.range(0, i == 4 ? 40 : 1 + random.nextInt(5))
                  .mapToObj(phrase -> "\"thing %d of %d\"".formatted(phrase, random.nextInt(9)))
                  .collect(Collectors.joining(",", "\"phrases\":[", "]"));
      bodies.add("{\"image\":\"%s\",%s,\"threshold\":\"0\"}".formatted(photos.get(i % 4), query));
    }
    return bodies;
  }

  private static String sameContentOtherBytes(String body) {
    int start = "{\"image\":\"".length();
    int end = body.indexOf('"', start);
    byte[] photo = Base64.getDecoder().decode(body.substring(start, end));
    byte[] longer = Arrays.copyOf(photo, photo.length + 1);
    return body.substring(0, start)
        + Base64.getEncoder().encodeToString(longer)
        + body.substring(end);
  }

  private static JsonNode answer(String body) {
    try {
      JsonNode answer = JSON.readTree(body);
      assertThat(answer.path("phrases")).isNotEmpty();
      ((ObjectNode) answer).remove("timings");
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> ask(URI server, String body) {
    try {
      return HTTP.send(request(server, body), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest request(URI server, String body) {
    return HttpRequest.newBuilder(server.resolve("/v1/ground"))
        .header("Content-Type", "application/json")
        .timeout(Duration.ofMinutes(2))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static String get(URI uri) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }
}
