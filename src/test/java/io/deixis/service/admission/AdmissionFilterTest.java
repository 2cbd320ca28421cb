package io.deixis.service.admission;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.deixis.service.Photos;
import io.deixis.service.ScriptedGrounder;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@TestProfile(AdmissionFilterTest.SmallHouse.class)
@Timeout(60)
class AdmissionFilterTest {

  private static final byte[] PHOTO = Photos.png(32, 20);

  /** Room for two. */
  public static class SmallHouse implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("deixis.admission.requests", "2");
    }
  }

  @Inject Admission admission;

  @Test
  void theWatchThatIsStoppedIsTheOneThatRuns() {
    assertThat(Arc.container().instance(AdmissionFilter.class).get())
        .isSameAs(Arc.container().instance(AdmissionFilter.class).get());
  }

  @Test
  void aFullHouseRefusesAtOnceAndCallersWhoGoMakeRoom() throws IOException {
    int gone = ScriptedGrounder.callersGone();
    try (Socket first = waiting(PHOTO);
        Socket second = waiting(PHOTO)) {
      await(admission::requests, 2);

      ask("a cat")
          .statusCode(429)
          .contentType("application/problem+json")
          .header("Retry-After", matchesPattern("[1-9]\\d?"))
          .body("type", equalTo("/problems#busy"))
          .body("detail", containsString("try again"));
      given().get("/v1/models").then().statusCode(200);
    }
    await(admission::requests, 0);
    await(ScriptedGrounder::callersGone, gone + 2);

    ask("a cat").statusCode(200);
    // The place is given back as the answer ends, which its caller may see a moment earlier.
    await(() -> (int) admission.bytes(), 0);
    given()
        .get("/q/metrics")
        .then()
        .body(containsString("deixis_admission_refused_total{limit=\"requests\"}"));
  }

  @Test
  void aDeadlineMakesRoomToo() {
    given()
        .header("X-Request-Timeout", "0.05")
        .multiPart("image", "photo.png", PHOTO)
        .multiPart("phrase", ScriptedGrounder.WAIT)
        .post("/v1/ground")
        .then()
        .statusCode(504);
    await(admission::requests, 0);
  }

  @Test
  void refusedRequestsLeaveNoTrace() {
    given().contentType("text/plain").body("hello").post("/v1/ground").then().statusCode(415);
    given().body("x").contentType("application/json").post("/nowhere").then().statusCode(404);
    ask("fail IMAGE_BROKEN").statusCode(422);
    await(admission::requests, 0);
    // The place is given back as the answer ends, which its caller may see a moment earlier.
    await(() -> (int) admission.bytes(), 0);
  }

  private static ValidatableResponse ask(String phrase) {
    return given()
        .multiPart("image", "photo.png", PHOTO)
        .multiPart("phrase", phrase)
        .post("/v1/ground")
        .then();
  }

  /** Sends a request that is not answered for long, and leaves its connection open. */
  private static Socket waiting(byte[] photo) throws IOException {
    String json =
        "{\"image\":\"%s\",\"phrases\":[\"%s\"]}"
            .formatted(Base64.getEncoder().encodeToString(photo), ScriptedGrounder.WAIT);
    Socket socket = new Socket("localhost", RestAssured.port);
    socket
        .getOutputStream()
        .write(
            ("POST /v1/ground HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: %d\r\n\r\n%s")
                .formatted(json.length(), json)
                .getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private static void await(IntSupplier actual, int wanted) {
    while (actual.getAsInt() != wanted) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
