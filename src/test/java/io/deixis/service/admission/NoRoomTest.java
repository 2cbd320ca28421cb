package io.deixis.service.admission;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.deixis.service.problem.Problem;
import io.deixis.service.problem.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes while there is no room for it. */
@QuarkusTest
@TestProfile(NoRoomTest.NoRoom.class)
class NoRoomTest {

  public static class NoRoom implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("deixis.admission.requests", "0");
    }
  }

  @TestHTTPResource URI server;

  @ParameterizedTest
  @ValueSource(strings = {"/v1/ground", "/functions/ground"})
  void isToldToComeAgain(String path) {
    given()
        .contentType(ContentType.JSON)
        .body("{}")
        .post(path)
        .then()
        .statusCode(429)
        .contentType(Problem.MEDIA_TYPE)
        .header("Retry-After", "1")
        .body("type", equalTo(ProblemType.BUSY.uri()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/ground", "/functions/ground"})
  void keepsItsBodyIfItAsksForLeave(String path) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      String head =
          """
          POST %s HTTP/1.1
          Host: localhost
          Content-Type: application/json
          Content-Length: 1000000
          Expect: 100-continue

          """
              .formatted(path)
              .replace("\n", "\r\n");
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(answer.readLine()).startsWith("HTTP/1.1 429 ");
    }
  }

  @Test
  void othersAreAnswered() {
    given().get("/v1/models").then().statusCode(200);
    given().get("/q/health/live").then().statusCode(200);
  }
}
