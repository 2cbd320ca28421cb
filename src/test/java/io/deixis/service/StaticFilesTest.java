package io.deixis.service;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the pages. */
@QuarkusTest
class StaticFilesTest {

  @ParameterizedTest
  @ValueSource(strings = {"/deixis.css", "/training.js", "/icon.svg", "/examples/coffee.jpg"})
  void replicasTellTheSameTime(String file) {
    given()
        .get(file)
        .then()
        .statusCode(200)
        .header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
  }

  @Test
  void answersTellNone() {
    given().get("/v1/models").then().statusCode(200).header("Last-Modified", nullValue());
  }
}
