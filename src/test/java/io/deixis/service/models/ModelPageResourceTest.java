package io.deixis.service.models;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ModelPageResourceTest {

  @Test
  void showsCardFiguresAndFacts() {
    given()
        .get("/models/scripted")
        .then()
        .statusCode(200)
        .contentType("text/html")
        .body(containsString("<h3>A scripted model</h3>"))
        .body(containsString("Confusion matrix"))
        .body(containsString("<svg class=\"chart\""))
        .body(containsString("no colours"))
        .body(containsString("made up for tests"));
  }

  @Test
  void cardsHtmlStaysText() {
    given()
        .get("/models/scripted")
        .then()
        .body(not(containsString("<script>alert")))
        .body(containsString("&lt;script&gt;alert(1)"));
  }

  @Test
  void otherModelsAreNotThere() {
    given().get("/models/another").then().statusCode(404);
  }
}
