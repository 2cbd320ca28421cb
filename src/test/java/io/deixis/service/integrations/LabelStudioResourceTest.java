package io.deixis.service.integrations;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.sun.net.httpserver.HttpServer;
import io.deixis.service.Photos;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(LabelStudioResourceTest.Connected.class)
class LabelStudioResourceTest {

  private static final String CONFIG =
      """
      <View>
        <Image name="photo" value="$picture"/>
        <RectangleLabels name="box" toName="photo">
          <Label value="Cat" background="green"/><Label value="a unicorn"/>
        </RectangleLabels>
      </View>
      """;

  private static final List<String> KEPT =
      List.of("/data/upload/1/a.png", "/data/local-files/?d=photos/a%20b.png");

  /** Runs a Label Studio that has two photos, for those who have its token. */
  public static class Connected implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        HttpServer studio =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        studio.createContext(
            "/",
            exchange -> {
              boolean allowed =
                  "Token secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
              boolean kept = KEPT.contains(exchange.getRequestURI().toString());
              byte[] body = allowed && kept ? Photos.png(200, 100) : new byte[0];
              exchange.sendResponseHeaders(allowed ? kept ? 200 : 404 : 401, body.length);
              exchange.getResponseBody().write(body);
              exchange.close();
            });
        studio.start();
        return Map.of(
            "deixis.label-studio.url",
            "http://localhost:" + studio.getAddress().getPort(),
            "deixis.label-studio.token",
            "secret");
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  @Test
  void followsTheProtocol() {
    given().get("/label-studio/health").then().statusCode(200).body("status", is("UP"));
    given()
        .contentType("application/json")
        .body("{\"project\": \"1.2\", \"schema\": \"<View/>\"}")
        .post("/label-studio/setup")
        .then()
        .statusCode(200)
        .body("model_version", is("scripted 1.0"));
  }

  @Test
  void suggestsBoxesInPercentForTheLabelsOfTheProject() {
    predict("/data/upload/1/a.png")
        .statusCode(200)
        .body("results", hasSize(1))
        .body("results[0].model_version", is("scripted 1.0"))
        .body("results[0].score", greaterThan(0.3f))
        .body("results[0].result.size()", greaterThan(0))
        .body("results[0].result.from_name", everyItem(is("box")))
        .body("results[0].result.to_name", everyItem(is("photo")))
        .body("results[0].result.type", everyItem(is("rectanglelabels")))
        .body("results[0].result.original_width", everyItem(is(200)))
        .body("results[0].result.value.rectanglelabels", everyItem(equalTo(List.of("Cat"))));
  }

  @Test
  void readsPhotosOfLocalStorages() {
    predict("/data/local-files/?d=photos/a%20b.png")
        .statusCode(200)
        .body("results[0].result.original_width", everyItem(is(200)));
  }

  @Test
  void readsPhotosWithinTheTask() {
    predict("data:image/png;base64," + Base64.getEncoder().encodeToString(Photos.png(80, 40)))
        .statusCode(200)
        .body("results[0].result.original_width", everyItem(is(80)));
  }

  @Test
  void followsNoOtherAddress() {
    for (String elsewhere :
        List.of(
            "http://169.254.169.254/data/x",
            "//evil.example/data/x",
            "/etc/passwd",
            "/data/../api/users",
            "/data/%2e%2e/api/users?x=1",
            "/data/local-files/?d=../secret.png",
            "/data/local-files/?d=a.png&x=1",
            "/data/upload/?d=a.png",
            "file:///data/x")) {
      predict(elsewhere)
          .statusCode(400)
          .contentType("application/problem+json")
          .body("type", is("/problems#image-missing"));
    }
    predict("/data/upload/1/other.png").statusCode(400).body("detail", containsString("404"));
    predict("/data/" + "a".repeat(5_000))
        .statusCode(400)
        .body("type", is("/problems#image-missing"));
  }

  @Test
  void projectsWithoutBoxesAreRefused() {
    given()
        .contentType("application/json")
        .body(Map.of("tasks", List.of(), "label_config", "<!DOCTYPE x><View/>"))
        .post("/label-studio/predict")
        .then()
        .statusCode(400)
        .body("detail", containsString("RectangleLabels"));
  }

  private static ValidatableResponse predict(String photo) {
    return given()
        .contentType("application/json")
        .body(
            Map.of(
                "tasks",
                List.of(Map.of("id", 7, "data", Map.of("picture", photo))),
                "label_config",
                CONFIG,
                "project",
                "1.2"))
        .post("/label-studio/predict")
        .then();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"tasks\": []} {}", "{\"tasks\": [], \"tasks\": []}", "{\"tasks\": 5}"})
  void nothingIsGuessed(String body) {
    given()
        .contentType("application/json")
        .body(body)
        .post("/label-studio/predict")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }
}
