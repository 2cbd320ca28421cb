package io.deixis.service.integrations;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.deixis.service.Photos;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ZeroShotResourceTest {

  private static final String PATH = "/v1/zero-shot-object-detection";

  @Test
  void answersAsHuggingFaceDoes() {
    given()
        .contentType("application/json")
        .body(
            Map.of(
                "inputs",
                Base64.getEncoder().encodeToString(Photos.png(64, 32)),
                "parameters",
                Map.of("candidate_labels", List.of("a cat", "a unicorn"), "top_k", 1),
                "options",
                Map.of("wait_for_model", true)))
        .post(PATH)
        .then()
        .statusCode(200)
        .body("$", hasSize(1))
        .body("label", everyItem(equalTo("a cat")))
        .body("[0].box.xmax", lessThanOrEqualTo(64))
        .body("[0].box.keySet()", hasSize(4));
  }

  @Test
  void thresholdIsFollowed() {
    given()
        .contentType("application/json")
        .body(
            Map.of(
                "inputs",
                Base64.getEncoder().encodeToString(Photos.png(64, 32)),
                "parameters",
                Map.of("candidate_labels", List.of("a cat"), "threshold", 0.99)))
        .post(PATH)
        .then()
        .statusCode(200)
        .body("$", hasSize(0));
  }

  @Test
  void whatIsMissingIsSaid() {
    given().contentType("application/json").body("[]").post(PATH).then().statusCode(400);
    given()
        .contentType("application/json")
        .body("{\"inputs\": \"http://example.org/cat.jpg\", \"parameters\": {}}")
        .post(PATH)
        .then()
        .statusCode(400);
    given()
        .contentType("application/json")
        .body("{\"inputs\": \"aGk=\"}")
        .post(PATH)
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", is("/problems#phrase-missing"))
        .body("detail", containsString("candidate_labels"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"candidate_labels\": [\"a cat\"], \"top_k\": 2.9}",
        "{\"candidate_labels\": [\"a cat\"], \"top_k\": \"3\"}",
        "{\"candidate_labels\": [\"a cat\"], \"top_k\": \"\"}",
        "{\"candidate_labels\": [\"a cat\"], \"top_k\": true}",
        "{\"candidate_labels\": [\"a cat\"], \"threshold\": \"0.5\"}",
        "{\"candidate_labels\": [5, true]}",
        "{\"candidate_labels\": \"a cat\"}",
        "{\"candidate_labels\": [\"a cat\"], \"candidate_labels\": [\"a dog\"]}",
        "{\"candidate_labels\": [\"a cat\"]}} {",
      })
  void nothingIsGuessed(String parameters) {
    String photo = Base64.getEncoder().encodeToString(Photos.png(64, 32));
    given()
        .contentType("application/json")
        .body("{\"inputs\": \"%s\", \"parameters\": %s}".formatted(photo, parameters))
        .post(PATH)
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }
}
