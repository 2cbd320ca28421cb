package io.deixis.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.service.problem.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator looks at: models, health, metrics and the interface's description. */
@QuarkusTest
class OperationsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void modelsAreDescribed() {
    given()
        .get("/v1/models")
        .then()
        .statusCode(200)
        .body("models.name", contains("scripted"))
        .body("models[0].thresholds.default", equalTo(0.5f));
    given().get("/v1/models/scripted").then().statusCode(200).body("version", equalTo("1.0"));
  }

  @Test
  void modelTellsItsCardAndEvaluation() {
    given()
        .get("/v1/models/scripted")
        .then()
        .statusCode(200)
        .body("card", startsWith("# A scripted model"))
        .body("provenance.data", equalTo("made up for tests"))
        .body("evaluation.scores.types.people.right.counts", hasSize(100))
        .body("evaluation.ablation[0].r1", equalTo(0.5f));
    given().get("/v1/models/another").then().statusCode(404);
  }

  @Test
  void readinessTellsTheModel() {
    given().get("/q/health/live").then().statusCode(200);
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.name", hasItem("model"))
        .body("checks.find { it.name == 'model' }.data.name", equalTo("scripted"));
  }

  @Test
  void metricsAreExposed() {
    given().get("/v1/models").then().statusCode(200);
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("http_server_requests_seconds_count"));
  }

  @Test
  void interfaceIsDescribed() {
    given()
        .accept("application/json")
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .body("paths.'/v1/ground'.post.requestBody.content", hasKey("multipart/form-data"))
        .body("paths.'/v1/ground'.post.requestBody.content", hasKey("application/json"))
        .body("components.schemas", hasKey("GroundForm"))
        .body("components.schemas.Model.properties", hasKey("evaluation"));
    given().get("/q/swagger-ui/").then().statusCode(200).body(containsString("swagger"));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/ground, application/json",
    "/v1/ground/batch, application/x-ndjson",
    "/v1/zero-shot-object-detection, application/json",
    "/functions/ground, application/json",
    "/functions/ground, application/cloudevents+json"
  })
  void examplesCanBeSentAsTheyAre(String path, String type) throws Exception {
    JsonNode operation =
        JSON.readTree(given().accept("application/json").get("/q/openapi").asString())
            .path("paths")
            .path(path)
            .path("post");
    JsonNode request = operation.path("requestBody").path("content").path(type).path("example");
    JsonNode answer =
        operation.path("responses").path("200").path("content").path(type).path("example");

    String sent =
        given()
            .body(JSON.writeValueAsBytes(request))
            .contentType(type)
            .post(path)
            .then()
            .statusCode(200)
            .contentType(startsWith(type))
            .extract()
            .asString();

    assertThat(JSON.readTree(sent).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(answer::fieldNames);
  }

  @Test
  void everyAnswerHasAnExample() throws Exception {
    JsonNode paths =
        JSON.readTree(given().accept("application/json").get("/q/openapi").asString())
            .path("paths");
    for (JsonNode responses : paths.findValues("responses")) {
      for (JsonNode content : responses.findValues("content")) {
        assertThat(content.properties())
            .allSatisfy(
                media -> {
                  if (!media.getKey().startsWith("image/")) {
                    assertThat(media.getValue().fieldNames())
                        .toIterable()
                        .containsAnyOf("example", "examples");
                  }
                });
      }
    }
  }

  @Test
  void everyProblemIsDescribed() {
    ValidatableResponse description =
        given().accept("application/json").get("/q/openapi").then().statusCode(200);
    for (ProblemType type : ProblemType.values()) {
      String path =
          switch (type) {
            case NOT_FOUND -> "paths.'/v1/models/{name}'.get";
            case METHOD_NOT_ALLOWED -> null;
            default -> "paths.'/v1/ground'.post";
          };
      if (path != null) {
        description.body(
            "%s.responses.'%d'.description".formatted(path, type.status()),
            containsString("`" + type.uri() + "`"));
      }
    }
    description.body("paths.'/v1/models'.get.responses", not(hasKey("422")));
  }

  @Test
  void requestsAreNamed() {
    given()
        .header("X-Request-Id", "mine-1")
        .get("/v1/models")
        .then()
        .header("X-Request-Id", equalTo("mine-1"));
    given()
        .header("X-Request-Id", "not mine")
        .get("/v1/nothing")
        .then()
        .statusCode(404)
        .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
  }

  @Test
  void timeoutThatIsNoneIsRefused() {
    given()
        .header("X-Request-Timeout", "soon")
        .multiPart("image", "photo.png", Photos.png(8, 8))
        .multiPart("phrase", "a cat")
        .post("/v1/ground")
        .then()
        .statusCode(400)
        .body("field", equalTo("X-Request-Timeout"));
  }

  @Test
  void timeoutIsKept() {
    given()
        .header("X-Request-Timeout", "0.000000001")
        .multiPart("image", "photo.png", Photos.png(8, 8))
        .multiPart("phrase", "a cat")
        .post("/v1/ground")
        .then()
        .statusCode(504)
        .body("type", equalTo(ProblemType.DEADLINE_EXCEEDED.uri()));
  }

  @Test
  void anAddressThatIsTooLongIsAProblem() {
    given()
        .get("/v1/models/" + "x".repeat(10_000))
        .then()
        .statusCode(414)
        .contentType("application/problem+json")
        .body("type", equalTo(ProblemType.ADDRESS_TOO_LONG.uri()));
    given().get("/v1/models/" + "x".repeat(4_000)).then().statusCode(404);
  }
}
