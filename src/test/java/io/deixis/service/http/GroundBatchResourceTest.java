package io.deixis.service.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.service.Photos;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(60)
class GroundBatchResourceTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static String line(int side, String phrase) {
    return "{\"image\":\"%s\",\"phrases\":[\"%s\"]}"
        .formatted(Base64.getEncoder().encodeToString(Photos.png(side, side)), phrase);
  }

  private static List<JsonNode> answers(String body) throws IOException {
    byte[] answer =
        given()
            .contentType("application/x-ndjson")
            .body(body.getBytes(StandardCharsets.UTF_8))
            .post("/v1/ground/batch")
            .then()
            .statusCode(200)
            .contentType("application/x-ndjson")
            .extract()
            .asByteArray();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : new String(answer, StandardCharsets.UTF_8).split("\n")) {
      if (!line.isEmpty()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  @Test
  void everyLineIsAnsweredInItsOrder() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int i = 1; i <= 20; i++) {
      body.append(line(10 + i, "cat " + i)).append("\r\n");
    }
    List<JsonNode> answers = answers(body.toString());

    assertThat(answers).hasSize(20);
    for (int i = 1; i <= 20; i++) {
      JsonNode answer = answers.get(i - 1);
      assertThat(answer.path("line").asInt()).isEqualTo(i);
      assertThat(answer.at("/answer/image/width").asInt()).isEqualTo(10 + i);
      assertThat(answer.at("/answer/phrases/0/text").asText()).isEqualTo("cat " + i);
      assertThat(answer.has("problem")).isFalse();
    }
  }

  @Test
  void aLineThatFailsLeavesTheOthersAlone() throws IOException {
    List<JsonNode> answers =
        answers(
            String.join(
                "\n",
                line(9, "a cat"),
                "",
                "{\"image\":",
                line(9, "fail IMAGE_BROKEN"),
                line(9, "fail UNEXPECTED"),
                line(9, "a dog")));

    assertThat(answers).extracting(a -> a.path("line").asInt()).containsExactly(1, 3, 4, 5, 6);
    assertThat(answers)
        .extracting(a -> a.at("/problem/type").asText())
        .containsExactly(
            "", "/problems#malformed-request", "/problems#image-broken", "/problems#internal", "");
    assertThat(answers.get(3).toString()).doesNotContain("secret");
    assertThat(answers.get(4).at("/answer/phrases/0/text").asText()).isEqualTo("a dog");
  }

  @Test
  void nothingIsAnsweredWithNothing() throws IOException {
    assertThat(answers("")).isEmpty();
    assertThat(answers("\n \n")).isEmpty();
  }

  @Test
  void answersComeWhileMoreIsAsked() throws IOException {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/ground/batch HTTP/1.1\r\nHost: localhost\r\n"
                      + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (int i = 1; i <= 3; i++) {
        send(socket, line(20, "cat " + i) + "\n");
        // A line may wait for the one after it.
        if (i > 1) {
          assertThat(awaitLine(answer).path("line").asInt()).isEqualTo(i - 1);
        }
      }
      send(socket, "");
      assertThat(awaitLine(answer).path("line").asInt()).isEqualTo(3);
    }
  }

  @Test
  void otherMediaTypesAreRefused() {
    given()
        .contentType("application/json")
        .body("{}")
        .post("/v1/ground/batch")
        .then()
        .statusCode(415)
        .body("type", equalTo("/problems#unsupported-media-type"))
        .body("detail", containsString("Content-Type does not name application/x-ndjson;"));
    given()
        .contentType("application/x-ndjson")
        .accept("application/json")
        .body("{}".getBytes(StandardCharsets.UTF_8))
        .post("/v1/ground/batch")
        .then()
        .statusCode(406)
        .body("type", equalTo("/problems#not-acceptable"))
        .body("detail", containsString("Accept does not name application/x-ndjson;"));
  }

  private static void send(Socket socket, String chunk) throws IOException {
    byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
    socket
        .getOutputStream()
        .write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static JsonNode awaitLine(BufferedReader answer) throws IOException {
    String line = answer.readLine();
    while (!line.startsWith("{")) {
      line = answer.readLine();
    }
    return JSON.readTree(line);
  }
}
