package io.deixis.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends grounding requests as a browser does, over one kept connection, and times them. */
final class GroundClient {

  private static final String BOUNDARY = "deixis-benchmark-boundary";

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

  /** Grounds one phrase. */
  Sample ground(byte[] jpeg, String phrase) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofByteArray(form(jpeg, phrase)))
            .build();
    long start = System.nanoTime();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    double latency = (System.nanoTime() - start) / 1e6;
    if (response.statusCode() != 200) {
      throw new IOException(
          endpoint
              + " answered "
              + response.statusCode()
              + ": "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    Map<String, Double> stages = new LinkedHashMap<>();
    JsonNode timings = mapper.readTree(response.body()).path("timings").path("stages");
    timings
        .fields()
        .forEachRemaining(stage -> stages.put(stage.getKey(), stage.getValue().asDouble()));
    return new Sample(latency, stages);
  }

  private static byte[] form(byte[] jpeg, String phrase) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        text(
            "--%s\r\nContent-Disposition: form-data; name=\"phrase\"\r\n\r\n%s\r\n"
                .formatted(BOUNDARY, phrase)));
    form.writeBytes(
        text(
            ("--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"photo.jpg\"\r\n"
                    + "Content-Type: image/jpeg\r\n\r\n")
                .formatted(BOUNDARY)));
    form.writeBytes(jpeg);
    form.writeBytes(text("\r\n--%s--\r\n".formatted(BOUNDARY)));
    return form.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
