package io.deixis.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends grounding requests as a browser does, over one kept connection, and times them. */
final class GroundClient {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper mapper = new ObjectMapper();
  private final URI endpoint;

  GroundClient(URI server) {
    this.endpoint = server.resolve("/v1/ground");
  }

  /**
   * One answered request; durations in milliseconds.
   *
   * @param latency from sending to the whole answer
   * @param stages of the answer, as the server tells them
   */
  record Sample(double latency, Map<String, Double> stages) {}

  /**
   * One answer, whatever it says.
   *
   * @param type its media type, or nothing
   * @param latency milliseconds from sending to the whole answer
   */
  record Answer(int status, String type, byte[] body, double latency) {}

  /** Grounds one phrase. */
  Sample ground(byte[] jpeg, String phrase) throws IOException, InterruptedException {
    Answer answer = send(jpeg, List.of(phrase), PATIENCE);
    if (answer.status() != 200) {
      throw new IOException(
          endpoint
              + " answered "
              + answer.status()
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    Map<String, Double> stages = new LinkedHashMap<>();
    JsonNode timings = mapper.readTree(answer.body()).path("timings").path("stages");
    timings
        .fields()
        .forEachRemaining(stage -> stages.put(stage.getKey(), stage.getValue().asDouble()));
    return new Sample(answer.latency(), stages);
  }

  /**
   * Sends any bytes as the photo.
   *
   * @throws java.net.http.HttpTimeoutException if no answer comes in time
   */
  Answer send(byte[] image, List<String> phrases, Duration patience)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", GroundForm.CONTENT_TYPE)
            .header("Accept", "application/json")
            .timeout(patience)
            .POST(BodyPublishers.ofByteArray(GroundForm.of(image, phrases)))
            .build();
    long start = System.nanoTime();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body(),
        (System.nanoTime() - start) / 1e6);
  }
}
