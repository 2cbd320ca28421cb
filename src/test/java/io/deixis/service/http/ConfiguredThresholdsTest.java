package io.deixis.service.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.deixis.service.Photos;
import io.deixis.service.StudyProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interface where thresholds are configured: 0.3, for people 0.99, for clothing 0.02. */
@QuarkusTest
@TestProfile(StudyProfile.class)
class ConfiguredThresholdsTest {

  private static final String CAPTION =
      "[/EN#1/people A man] in [/EN#2/clothing a unicorn hat] by [/EN#3/scene a unicorn sea]";

  @Test
  void requestWithoutThresholdGoesByTheConfiguredOnes() {
    ground(null)
        .body("threshold", equalTo(0.3f))
        .body("phrases.threshold", contains(0.99f, 0.02f, null))
        .body("phrases.found", contains(false, true, false));
  }

  @Test
  void thresholdOfTheRequestHoldsForEveryPhrase() {
    ground("0.35")
        .body("threshold", equalTo(0.35f))
        .body("phrases.threshold", contains(null, null, null))
        .body("phrases.found", contains(true, false, false));
  }

  @Test
  void functionGoesByTheConfiguredOnesToo() {
    form().post("/functions/ground").then().statusCode(200).body("threshold", equalTo(0.3f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/ground", "/functions/ground"})
  void deadlineIsKept(String path) {
    form().header("X-Request-Timeout", "0.000000001").post(path).then().statusCode(504);
  }

  private static RequestSpecification form() {
    return given().multiPart("image", "p.png", Photos.png(64, 64)).multiPart("caption", CAPTION);
  }

  private static ValidatableResponse ground(String threshold) {
    RequestSpecification request = form();
    if (threshold != null) {
      request.multiPart("threshold", threshold);
    }
    return request.post("/v1/ground").then().statusCode(200);
  }
}
