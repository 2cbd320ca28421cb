package io.deixis.service;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A worker: the interface without the page. */
@QuarkusTest
@TestProfile(PagesOffTest.Worker.class)
class PagesOffTest {

  /** Switches the pages off. */
  public static class Worker implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("deixis.pages.enabled", "false");
    }
  }

  @Test
  void onlyTheInterfaceAnswers() {
    given().get("/").then().statusCode(404).contentType("application/problem+json");
    given()
        .header("Accept", "text/html")
        .get("/")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    given().multiPart("text", "a cat").post("/").then().statusCode(404);
    for (String page :
        new String[] {"/settings", "/models/scripted", "/evaluations", "/training"}) {
      given().get(page).then().statusCode(404).contentType("application/problem+json");
    }
    given().get("/v1/models").then().statusCode(200);
  }
}
