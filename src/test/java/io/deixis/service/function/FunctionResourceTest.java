package io.deixis.service.function;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import io.deixis.service.Photos;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The function over HTTP: plain, and as CloudEvents in both modes. */
@QuarkusTest
class FunctionResourceTest {

  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String FUNCTION = "/functions/ground";
  private static final String REQUEST =
      "{\"image\": \"%s\", \"phrases\": [\"a cat\"]}"
          .formatted(Base64.getEncoder().encodeToString(Photos.png(64, 48)));

  @Test
  void plainRequestGetsPlainAnswer() {
    given()
        .contentType(ContentType.JSON)
        .body(REQUEST)
        .post(FUNCTION)
        .then()
        .statusCode(200)
        .contentType(ContentType.JSON)
        .header("ce-id", equalTo(null))
        .body("image.width", equalTo(64))
        .body("phrases.text", contains("a cat"));
  }

  @Test
  void formIsTakenToo() {
    given()
        .multiPart("image", "photo.png", Photos.png(64, 48))
        .multiPart("phrase", "a cat")
        .post(FUNCTION)
        .then()
        .statusCode(200)
        .body("phrases.text", contains("a cat"));
  }

  @Test
  void binaryEventGetsBinaryEvent() {
    event()
        .contentType(ContentType.JSON)
        .body(REQUEST)
        .post(FUNCTION)
        .then()
        .statusCode(200)
        .contentType(ContentType.JSON)
        .header("ce-specversion", equalTo("1.0"))
        .header("ce-type", equalTo(FunctionResource.ANSWER_TYPE))
        .header("ce-source", equalTo(FUNCTION))
        .header("ce-subject", equalTo("photo-1"))
        .header("ce-id", not("1"))
        .header("ce-id", notNullValue())
        .body("phrases[0].text", equalTo("a cat"));
  }

  @Test
  void structuredEventGetsStructuredEvent() {
    CloudEvent asked =
        CloudEventBuilder.v1()
            .withId("1")
            .withSource(URI.create("/test"))
            .withType("photo")
            .withSubject("photo-1")
            .withData("application/json", REQUEST.getBytes(StandardCharsets.UTF_8))
            .build();
    byte[] answered =
        raw(STRUCTURED)
            .body(new JsonFormat().serialize(asked))
            .post(FUNCTION)
            .then()
            .statusCode(200)
            .contentType(startsWith(STRUCTURED))
            .extract()
            .asByteArray();
    CloudEvent answer =
        EventFormatProvider.getInstance().resolveFormat(STRUCTURED).deserialize(answered);
    assertThat(answer.getType()).isEqualTo(FunctionResource.ANSWER_TYPE);
    assertThat(answer.getSubject()).isEqualTo("photo-1");
    assertThat(new String(answer.getData().toBytes(), StandardCharsets.UTF_8))
        .contains("\"text\":\"a cat\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "null",
        "[]",
        "{}",
        "{\"specversion\": \"1.0\", \"id\": \"1\"}",
        "{\"specversion\": \"9.9\", \"id\": \"1\", \"source\": \"/\", \"type\": \"t\", \"data\":"
            + " {}}",
        "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/\", \"type\": \"t\"}"
      })
  void structuredEventThatIsNoneIsAProblem(String body) {
    assertProblem(raw(STRUCTURED).body(body.getBytes(StandardCharsets.UTF_8)), 400);
  }

  @Test
  void binaryEventThatLacksAttributesIsAProblem() {
    assertProblem(
        given().header("ce-specversion", "1.0").contentType(ContentType.JSON).body(REQUEST), 400);
  }

  @Test
  void batchIsAProblem() {
    assertProblem(raw("application/cloudevents-batch+json").body("[]".getBytes()), 400);
  }

  @Test
  void eventWithOtherDataIsAProblem() {
    assertProblem(event().contentType("text/plain").body("a cat"), 400);
  }

  @Test
  void refusedDataIsTheProblemOfTheInterface() {
    assertProblem(event().contentType(ContentType.JSON).body("{\"phrases\": [\"a cat\"]}"), 400);
    assertProblem(
        event().contentType(ContentType.JSON).body(REQUEST.replace("a cat", "fail BUSY")), 429);
  }

  private static void assertProblem(RequestSpecification request, int status) {
    request
        .post(FUNCTION)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", startsWith("/problems#"))
        .body("detail", notNullValue());
  }

  private static RequestSpecification event() {
    return given()
        .header("ce-specversion", "1.0")
        .header("ce-id", "1")
        .header("ce-source", "/test")
        .header("ce-type", "photo")
        .header("ce-subject", "photo-1");
  }

  private static RequestSpecification raw(String contentType) {
    return given()
        .config(
            RestAssured.config()
                .encoderConfig(
                    EncoderConfig.encoderConfig()
                        .encodeContentTypeAs(contentType, ContentType.BINARY)))
        .contentType(contentType);
  }
}
