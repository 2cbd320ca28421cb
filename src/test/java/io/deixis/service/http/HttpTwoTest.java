package io.deixis.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.service.Photos;
import io.deixis.service.ScriptedGrounder;
import io.deixis.service.problem.Problem;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that share one connection, as HTTP/2 has it: none is in another's way. */
@QuarkusTest
@Timeout(60)
class HttpTwoTest {

  private static final int CROWD = 40;

  /** In a body that is larger than what is read before a thread takes the request over. */
  private static final String PHOTO =
      Base64.getEncoder().encodeToString(Arrays.copyOf(Photos.png(32, 20), 20_000));

  /** Beyond {@code quarkus.http.limits.max-body-size}. */
  private static final int TOO_LARGE = 33 << 20;

  @TestHTTPResource URI server;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

  private List<CompletableFuture<HttpResponse<String>>> crowd;

  @BeforeEach
  void aCrowdIsWaiting() throws Exception {
    HttpRequest first = HttpRequest.newBuilder(server.resolve("/v1/models")).build();
    HttpResponse<Void> upgraded = http.send(first, BodyHandlers.discarding());
    assertThat(upgraded.version()).isEqualTo(HttpClient.Version.HTTP_2);
    crowd = IntStream.range(0, CROWD).mapToObj(i -> ask(ScriptedGrounder.WAIT)).toList();
  }

  @AfterEach
  void theCrowdGoes() {
    crowd.forEach(waiting -> waiting.cancel(true));
  }

  @Test
  void oneIsAnsweredWhileManyWait() {
    assertThat(ask("a cat").join().statusCode()).isEqualTo(200);
    assertThat(crowd).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void oneIsRefusedWhileManyWait() {
    HttpResponse<String> refused = ask(new byte[TOO_LARGE]).join();
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    assertThat(refused.headers().firstValue("Connection")).isEmpty();

    assertThat(ask("a cat").join().statusCode()).isEqualTo(200);
    assertThat(crowd).noneMatch(CompletableFuture::isDone);
  }

  private CompletableFuture<HttpResponse<String>> ask(String phrase) {
    return ask("{\"image\":\"%s\",\"phrases\":[\"%s\"]}".formatted(PHOTO, phrase).getBytes());
  }

  private CompletableFuture<HttpResponse<String>> ask(byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/v1/ground"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }
}
