package io.deixis.service.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.Query;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.Threshold;
import io.deixis.service.Photos;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks the application under test as its worker, so every answer crosses the interface. */
@QuarkusTest
class RemoteGrounderTest {

  private static final byte[] PHOTO = Photos.png(320, 200);

  private static final Duration PATIENT = Duration.ofSeconds(10);

  @Inject Grounder direct;
  @Inject Vertx vertx;
  @Inject ObjectMapper mapper;

  @Test
  void phrasesCrossUnchanged() {
    assertSameAnswer(new Query.Phrases(List.of("a cat", "a unicorn", "Größe 日本 \"quoted\"")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a cat and a dog", "[/EN#12/people A man] in [/EN#13/clothing a hat]"})
  void captionsCrossUnchanged(String caption) {
    assertSameAnswer(Query.ofCaption(caption));
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"INTERNAL", "WORKER_UNAVAILABLE"},
      mode = EnumSource.Mode.EXCLUDE)
  void refusalsCrossWithReasonFieldAndDetail(Reason reason) {
    assertThatThrownBy(() -> remote(workerUrl(), PATIENT).ground(request("fail " + reason)))
        .asInstanceOf(type(GroundingException.class))
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.field()).contains("phrase");
              assertThat(refusal).hasMessage("Failed with " + reason + " as asked.");
            });
  }

  @Test
  void faultsOfTheWorkerAreNotTheFronts() {
    assertReason(Reason.WORKER_UNAVAILABLE, remote(workerUrl(), PATIENT), "fail UNEXPECTED");
  }

  @Test
  void workerThatDoesNotSpeakTheContractIsUnavailable() {
    RemoteGrounder lost = remote(workerUrl().resolve("/q/openapi/"), PATIENT);
    assertReason(Reason.WORKER_UNAVAILABLE, lost, "a cat");
  }

  @Test
  void workerThatIsDownIsUnavailable() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = URI.create("http://localhost:" + socket.getLocalPort());
    }
    RemoteGrounder lost = remote(nobody, PATIENT);
    assertReason(Reason.WORKER_UNAVAILABLE, lost, "a cat");
    assertThatThrownBy(lost::model)
        .asInstanceOf(type(GroundingException.class))
        .extracting(GroundingException::reason)
        .isEqualTo(Reason.WORKER_UNAVAILABLE);
  }

  @Test
  void workerThatKeepsSilentExceedsTheDeadline() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      URI url = URI.create("http://localhost:" + silent.getLocalPort());
      assertReason(Reason.DEADLINE_EXCEEDED, remote(url, Duration.ofMillis(300)), "a cat");
    }
  }

  @Test
  void modelIsTheWorkers() {
    assertThat(remote(workerUrl(), PATIENT).model()).isEqualTo(direct.model());
  }

  @Test
  void profileIsTheWorkers() {
    assertThat(remote(workerUrl(), PATIENT).profile(Optional.empty()))
        .isEqualTo(direct.profile(Optional.empty()));
  }

  @Test
  void picturesAreTheWorkers() {
    GroundingRequest request =
        new GroundingRequest(
            PHOTO,
            new Query.Phrases(List.of("a cat")),
            new GroundingOptions(new Threshold.Fixed(0.1), 3, 0.25));

    byte[] png = remote(workerUrl(), PATIENT).png(request);

    assertThat(new String(png, 1, 3, StandardCharsets.US_ASCII)).isEqualTo("PNG");
    assertThatThrownBy(() -> remote(workerUrl(), PATIENT).png(request("fail BUSY")))
        .asInstanceOf(type(GroundingException.class))
        .extracting(GroundingException::reason)
        .isEqualTo(Reason.BUSY);
  }

  private void assertSameAnswer(Query query) {
    GroundingRequest request =
        new GroundingRequest(PHOTO, query, new GroundingOptions(new Threshold.Fixed(0.1), 3, 0.25));
    // A worker says of every phrase whether it is found, unsure or absent.
    double unsureFrom = direct.model().unsureFrom();
    JsonNode expected = mapper.valueToTree(direct.ground(request).judged(0.1, unsureFrom));
    JsonNode answer = mapper.valueToTree(remote(workerUrl(), PATIENT).ground(request));
    assertThat(answer).isEqualTo(expected);
  }

  private static void assertReason(Reason reason, RemoteGrounder grounder, String phrase) {
    assertThatThrownBy(() -> grounder.ground(request(phrase)))
        .asInstanceOf(type(GroundingException.class))
        .extracting(GroundingException::reason)
        .isEqualTo(reason);
  }

  private static GroundingRequest request(String phrase) {
    return new GroundingRequest(
        PHOTO, new Query.Phrases(List.of(phrase)), GroundingOptions.DEFAULTS);
  }

  private static URI workerUrl() {
    return URI.create("http://localhost:" + RestAssured.port);
  }

  private RemoteGrounder remote(URI url, Duration timeout) {
    return new RemoteGrounder(Settings.of(url).timeout(timeout), vertx, mapper);
  }
}
