package io.deixis.service.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A worker: the interface without the page. */
@QuarkusTest
@TestProfile(PagesOffTest.Worker.class)
class PagesOffTest {

  /** Switches the pages off, and asks programs for a key. */
  public static class Worker implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("deixis.pages.enabled", "false", "deixis.api.keys", "first,second");
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
    given().header("X-API-Key", "first").get("/v1/models").then().statusCode(200);
  }

  @Test
  void programsNeedAKey() {
    for (String path : new String[] {"/v1/models", "//v1/models", "/label-studio/health"}) {
      given()
          .urlEncodingEnabled(false)
          .get(path)
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .header("WWW-Authenticate", "Bearer")
          .body("type", equalTo("/problems#unauthorized"));
    }
    given().header("Authorization", "Bearer wrong").get("/v1/models").then().statusCode(401);
    given().header("Authorization", "nonsense").get("/v1/models").then().statusCode(401);
    given().header("Authorization", "Basic ???").get("/v1/models").then().statusCode(401);
    given().header("X-API-Key", "").get("/v1/models").then().statusCode(401);
    given().multiPart("phrase", "a cat").post("/v1/ground").then().statusCode(401);
    given().header("Authorization", "Bearer first").get("/v1/models").then().statusCode(200);
    given().auth().preemptive().basic("any", "first").get("/v1/models").then().statusCode(200);
    given().get("/q/health/live").then().statusCode(200);
  }
}
