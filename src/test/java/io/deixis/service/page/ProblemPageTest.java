package io.deixis.service.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What a browser and what a program is told of a problem. */
@QuarkusTest
class ProblemPageTest {

  private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

  @Test
  void aBrowserIsShownAPage() {
    for (String address : new String[] {"/nothing", "/evaluations/nothing"}) {
      given()
          .header("Accept", BROWSER)
          .get(address)
          .then()
          .statusCode(404)
          .contentType("text/html;charset=UTF-8")
          .body(containsString("<h1>There is nothing here</h1>"));
    }
    given()
        .header("Accept", BROWSER)
        .get("/models/nothing")
        .then()
        .statusCode(404)
        .contentType("text/html;charset=UTF-8")
        .body(containsString("<h1>There is no such model</h1>"));
  }

  @Test
  void aProgramIsTold() {
    given().get("/nothing").then().statusCode(404).contentType("application/problem+json");
    given()
        .header("Accept", "text/html, application/problem+json")
        .get("/nothing")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  @Test
  void whatAnswersProgramsTellsProblemDetails() {
    for (String address : new String[] {"/v1/nothing", "/v2/models/nothing", "/functions/no"}) {
      given()
          .header("Accept", BROWSER)
          .get(address)
          .then()
          .statusCode(404)
          .contentType("application/problem+json");
    }
  }

  @Test
  void theStatusAndItsHeadersStay() {
    given()
        .header("Accept", BROWSER)
        .delete("/problems")
        .then()
        .statusCode(405)
        .contentType("text/html;charset=UTF-8");
  }
}
