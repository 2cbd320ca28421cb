package io.deixis.service.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InferenceProtocolResourceTest {

  @Test
  void healthIsTold() {
    given().get("/v2/health/live").then().statusCode(200).body("live", equalTo(true));
    given().get("/v2/health/ready").then().statusCode(200).body("ready", equalTo(true));
  }

  @Test
  void serverAndModelAreDescribed() {
    given().get("/v2").then().statusCode(200).body("name", equalTo("deixis"));
    given()
        .get("/v2/models/scripted")
        .then()
        .statusCode(200)
        .body("versions", contains("1.0"))
        .body("inputs.name", contains("image", "phrase"))
        .body("outputs.datatype", contains("FP32", "FP32"));
    given().get("/v2/models/scripted/ready").then().statusCode(200).body("ready", equalTo(true));
    given().get("/v2/models/another").then().statusCode(404);
    given().get("/v2/models/another/ready").then().statusCode(404);
  }
}
