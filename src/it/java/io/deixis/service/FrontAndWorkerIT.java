package io.deixis.service;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.deixis.service.problem.Problem;
import io.deixis.service.problem.ProblemType;
import io.restassured.response.ValidatableResponse;
import java.io.File;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The two builds as two processes: the front answers what its worker finds. */
class FrontAndWorkerIT {

  private static final File PHOTO = new File("web/public/examples/chelsea.jpg");

  private static PackagedProcess worker;
  private static PackagedProcess front;

  @BeforeAll
  static void startBoth() throws Exception {
    worker = PackagedProcess.worker("worker");
    front = PackagedProcess.front("front", worker);
    worker.start();
    front.start();
  }

  @AfterAll
  static void stopBoth() throws Exception {
    for (PackagedProcess process : Arrays.asList(front, worker)) {
      if (process != null) {
        process.stop();
      }
    }
  }

  @Test
  void frontAnswersThroughItsWorker() {
    ground("a cat")
        .statusCode(200)
        .body("image.width", equalTo(451))
        .body("image.height", equalTo(300))
        .body("phrases.text", contains("a cat"))
        .body("phrases[0].found", equalTo(true))
        .body("phrases[0].boxes", hasSize(greaterThan(0)))
        .body("model.name", notNullValue());
  }

  @Test
  void frontSplitsNoCaptionItselfAndStillAnswersOne() {
    given()
        .multiPart("image", PHOTO)
        .multiPart("caption", "A cat looks at the camera.")
        .post(front.url().resolve("/v1/ground"))
        .then()
        .statusCode(200)
        .body("phrases[0].text", equalTo("A cat"))
        .body("phrases[0].span", contains(0, 5));
  }

  @Test
  void refusalsOfTheWorkerComeThrough() {
    given()
        .multiPart("image", "photo.jpg", "no photo at all".getBytes())
        .multiPart("phrase", "a cat")
        .post(front.url().resolve("/v1/ground"))
        .then()
        .statusCode(415)
        .contentType(Problem.MEDIA_TYPE)
        .body("type", equalTo(ProblemType.IMAGE_UNSUPPORTED.uri()))
        .body("field", equalTo("image"));
  }

  @Test
  void onlyTheFrontHasPages() {
    given().get(front.url()).then().statusCode(200).body(containsString("<form id=\"question\""));
    given().get(worker.url()).then().statusCode(404);
  }

  @Test
  void frontOutlivesItsWorker() throws Exception {
    ground("a cat").statusCode(200);
    worker.stop();
    try {
      ground("a cat")
          .statusCode(503)
          .contentType(Problem.MEDIA_TYPE)
          .header("Retry-After", notNullValue())
          .body("type", equalTo(ProblemType.WORKER_UNAVAILABLE.uri()));
      given().get(front.url().resolve("/q/health/live")).then().statusCode(200);
    } finally {
      worker.start();
    }
    ground("a cat").statusCode(200).body("phrases[0].found", equalTo(true));
  }

  private static ValidatableResponse ground(String phrase) {
    return given()
        .multiPart("image", PHOTO)
        .multiPart("phrase", phrase)
        .post(front.url().resolve("/v1/ground"))
        .then();
  }
}
