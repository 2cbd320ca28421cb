package io.deixis.service.training;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.deixis.service.StudyFolders;
import io.deixis.service.StudyProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@TestProfile(StudyProfile.class)
class TrainingResourceTest {

  @Inject TrainingConfig config;

  @Test
  void showsCurvesAndTheLatestSampleOfATraining() {
    given()
        .get("/training?run=second")
        .then()
        .statusCode(200)
        .body(containsString("data-events=\"./training/second/events\""))
        .body(containsString("62.5 %"))
        .body(containsString("Learning rate"))
        .body(containsString("Latest sample of a batch"))
        .body(containsString("0.80 right, 0.30 wrong"))
        .body(containsString(">0.80</text>"))
        .body(not(containsString(">0.30</text>")))
        .body(containsString("&lt;b&gt;a man"))
        .body(not(containsString(">empty<")));
  }

  @Test
  void saysWhichTrainingWorksAndWhichDied() throws IOException {
    given()
        .get("/training?run=first")
        .then()
        .body(
            containsString(
                "class=\"life working\">working</span> matching: 40 of 160 steps (25 %)"));
    given()
        .get("/training?run=second")
        .then()
        .body(containsString("class=\"life died\">died</span> No sign of life since 1970-01-01"));
    Path second = config.directory().orElseThrow().resolve("second");
    StudyFolders.heartbeat(second, "finished", Instant.EPOCH);
    given()
        .get("/training?run=second")
        .then()
        .body(containsString("finished</span> The bundle is in models/NAME."));
    StudyFolders.heartbeat(second, "working", Instant.EPOCH);
  }

  @Test
  void comparesThoseChosen() {
    given().get("/training").then().body(containsString("Side by side: matching"));
    given().get("/training?compare=first").then().body(not(containsString("Side by side")));
  }

  @Test
  void trainingsThatAreNotListedAreNotThere() {
    given().get("/training/empty/events").then().statusCode(404);
    given().urlEncodingEnabled(false).get("/training/..%2ffirst/events").then().statusCode(404);
  }

  @Test
  @Timeout(60)
  void eventsTellWhatIsNewAndNothingTwice() throws IOException, InterruptedException {
    Path metrics = config.directory().orElseThrow().resolve("first/metrics.csv");
    String known;
    try (BufferedReader events = events(null)) {
      known = line(events, "id:");
      assertThat(line(events, "data:<h3>")).contains("step");
    }
    try (BufferedReader events = events(known)) {
      Files.writeString(metrics, StudyFolders.metricsRow(41), StandardOpenOption.APPEND);

      assertThat(line(events, "id:")).isNotEqualTo(known);
      assertThat(line(events, "data:<h3>")).contains("step 41");
    }
  }

  private static BufferedReader events(String last) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://localhost:" + RestAssured.port + "/training/first/events"));
    if (last != null) {
      request.header("Last-Event-ID", last);
    }
    HttpResponse<java.io.InputStream> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static String line(BufferedReader events, String beginning) throws IOException {
    String line = events.readLine();
    while (!line.startsWith(beginning)) {
      line = events.readLine();
    }
    return line.substring(beginning.length());
  }
}
