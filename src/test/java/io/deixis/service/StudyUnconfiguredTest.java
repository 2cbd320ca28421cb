package io.deixis.service;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Pages that show folders, where none is configured. */
@QuarkusTest
class StudyUnconfiguredTest {

  @Test
  void theySayHowToConfigureThem() {
    given()
        .get("/evaluations")
        .then()
        .statusCode(200)
        .body(containsString("deixis.evaluations.directory"));
    given()
        .get("/training")
        .then()
        .statusCode(200)
        .body(containsString("deixis.training.directory"));
  }

  @Test
  void thereIsNothingBehindThem() {
    given().get("/evaluations/any").then().statusCode(404);
    given().get("/training/any/events").then().statusCode(404);
  }
}
