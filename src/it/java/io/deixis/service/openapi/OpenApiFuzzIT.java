package io.deixis.service.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.service.PackagedProcess;
import io.deixis.service.openapi.ApiDescription.Operation;
import io.deixis.service.openapi.RequestFuzzer.Fuzzed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every operation that {@code /q/openapi} describes, with valid and invalid requests. */
class OpenApiFuzzIT {

  private static final long SEED = 20240607;
  private static final int VALID = 20;
  private static final int MUTATED_POSTS = 400;
  private static final int MUTATED_GETS = 60;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static PackagedProcess server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server =
        new PackagedProcess(
            "openapi-fuzz",
            Path.of(System.getProperty("deixis.packaged.full")),
            List.of("deixis.models.directory=" + Path.of("models").toAbsolutePath()),
            "serve");
    server.start();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    server.stop();
  }

  @Test
  void answersAsDescribed() throws IOException, InterruptedException {
    ApiDescription api = ApiDescription.read(get("/q/openapi?format=json"));
    List<Operation> operations = api.operations();
    RequestFuzzer fuzzer = new RequestFuzzer(server.url(), photo(), model(), SEED);

    assertThat(operations).hasSizeGreaterThan(5);
    List<String> faults = new ArrayList<>();
    for (Operation operation : operations) {
      for (int i = 0; i < VALID; i++) {
        check(api, operation, fuzzer.valid(operation), faults);
      }
      int mutated = operation.body().isEmpty() ? MUTATED_GETS : MUTATED_POSTS;
      for (int i = 0; i < mutated; i++) {
        check(api, operation, fuzzer.mutated(operation), faults);
      }
    }

    assertThat(faults).isEmpty();
  }

  private static void check(
      ApiDescription api, Operation operation, Fuzzed fuzzed, List<String> faults)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = HTTP.send(fuzzed.request(), BodyHandlers.ofByteArray());
    String says = operation + " " + fuzzed.request().uri() + " " + fuzzed.says();
    if (answer.statusCode() >= 500 || (fuzzed.valid() && answer.statusCode() != 200)) {
      faults.add(answer.statusCode() + " " + new String(answer.body()) + " to " + says);
    }
    api.difference(operation, answer).ifPresent(fault -> faults.add(fault + ", to " + says));
  }

  private static byte[] photo() throws IOException {
    try (InputStream photo =
        OpenApiFuzzIT.class.getResourceAsStream("/io/deixis/engine/image/lossy.webp")) {
      return photo.readAllBytes();
    }
  }

  private static String model() throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get("/v1/models")).at("/models/0/name").asText();
  }

  private static String get(String path) throws IOException, InterruptedException {
    URI uri = server.url().resolve(path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }
}
