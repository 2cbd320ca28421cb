package io.deixis.service.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.engine.SmallBundle;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.Query;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.service.Photos;
import io.deixis.service.ScriptedGrounder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two bundles answer, each by its name: over every way in, and through a front. */
@QuarkusTest
@TestProfile(TwoModelsTest.TwoBundles.class)
class TwoModelsTest {

  private static final byte[] PHOTO = Photos.png(64, 48);
  private static final String OTHER = "other (2)";

  @Inject Vertx vertx;
  @Inject ObjectMapper mapper;

  /** The engine in the place of the scripted grounder, with two small bundles. */
  public static final class TwoBundles implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Path models = Files.createTempDirectory("two-models");
        SmallBundle.write(models);
        Path other = SmallBundle.write(models, OTHER);
        ModelBundle.seal(
            other, ModelBundle.readManifest(other).withThresholds(Map.of("best", 0.11)));
        return Map.of(
            "quarkus.arc.exclude-types",
            ScriptedGrounder.class.getName(),
            "deixis.engine.device",
            "cpu",
            "deixis.engine.threads",
            "1",
            "deixis.models.directory",
            models.toString(),
            "deixis.models.active",
            SmallBundle.NAME + "," + OTHER);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static ValidatableResponse json(String members) {
    String image = Base64.getEncoder().encodeToString(PHOTO);
    return given()
        .contentType(ContentType.JSON)
        .body("{\"image\": \"%s\", \"phrases\": [\"a dog\"]%s}".formatted(image, members))
        .post("/v1/ground")
        .then();
  }

  @Test
  void aRequestChoosesItsModel() {
    json("").statusCode(200).body("model.name", equalTo("small"));
    json(", \"model\": \"other (2)\"").statusCode(200).body("model.name", equalTo(OTHER));
    given()
        .multiPart("image", "photo.png", PHOTO)
        .multiPart("phrase", "a dog")
        .multiPart("model", OTHER)
        .post("/v1/ground")
        .then()
        .statusCode(200)
        .body("model.name", equalTo(OTHER))
        .body("threshold", equalTo(0.11f));
  }

  @Test
  void linesOfABatchAndFunctionsChooseTheirs() {
    String image = Base64.getEncoder().encodeToString(PHOTO);
    String line = "{\"image\": \"%s\", \"phrases\": [\"a dog\"], \"model\": \"%s\"}\n";
    String answers =
        given()
            .contentType("application/x-ndjson")
            .body(
                (line.formatted(image, "small") + line.formatted(image, OTHER))
                    .getBytes(StandardCharsets.UTF_8))
            .post("/v1/ground/batch")
            .asString();
    assertThat(answers.lines())
        .satisfiesExactly(
            first -> assertThat(first).contains("\"name\":\"small\""),
            second -> assertThat(second).contains("\"name\":\"other (2)\""));
    given()
        .contentType(ContentType.JSON)
        .header("ce-specversion", "1.0")
        .header("ce-id", "1")
        .header("ce-source", "/test")
        .header("ce-type", "test")
        .body(line.formatted(image, OTHER))
        .post("/functions/ground")
        .then()
        .statusCode(200)
        .body("model.name", equalTo(OTHER));
  }

  @Test
  void aModelThatIsNotThereIsNamedBesideThoseThatAre() {
    json(", \"model\": \"third\"")
        .statusCode(404)
        .body("type", equalTo("/problems#model-unknown"))
        .body("field", equalTo("model"))
        .body("detail", equalTo("There is no model \"third\"; use small, other (2)."));
    given().get("/v1/models/third").then().statusCode(404).body("field", equalTo("model"));
    given().get("/v1/models/..%2Fsmall").then().statusCode(404);
  }

  @Test
  void allModelsAreListedTheDefaultFirst() {
    given()
        .get("/v1/models")
        .then()
        .statusCode(200)
        .body("default", equalTo("small"))
        .body("models.name", contains("small", OTHER));
    given()
        .get("/v1/models/" + OTHER)
        .then()
        .statusCode(200)
        .body("name", equalTo(OTHER))
        .body("thresholds.best", equalTo(0.11f));
    given().get("/v2/models/{name}/ready", OTHER).then().statusCode(200);
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'model' }.data.name", equalTo("small"));
  }

  @Test
  void pagesFollowTheModel() {
    given()
        .get("/")
        .then()
        .statusCode(200)
        .body(containsString("<option selected>small</option><option>other (2)</option>"));
    given()
        .queryParam("model", OTHER)
        .get("/")
        .then()
        .statusCode(200)
        .body(containsString("<option selected>other (2)</option>"))
        .body(containsString("value=\"0.11\" data-usual=\"0.11\""))
        .body(containsString("&amp;model=other+%282%29"));
    given()
        .queryParam("model", OTHER)
        .get("/settings")
        .then()
        .statusCode(200)
        .body(containsString("For the model other (2)"))
        .body(containsString("settings?model=other+%282%29\""))
        .body(containsString("value=\"0.11\""));
    given()
        .get("/models/{name}", OTHER)
        .then()
        .statusCode(200)
        .body(containsString("models/small\""));
    given().queryParam("model", "third").get("/settings").then().statusCode(404);
  }

  @Test
  void aThresholdIsKeptForItsModelAlone() {
    var cookies =
        given()
            .redirects()
            .follow(false)
            .contentType(ContentType.URLENC)
            .queryParam("model", OTHER)
            .formParam("all", "0.77")
            .post("/settings")
            .then()
            .statusCode(303)
            .header("Location", startsWith("settings?changed=true&model=other"))
            .extract()
            .detailedCookies();
    given()
        .cookies(cookies)
        .queryParam("model", OTHER)
        .get("/settings")
        .then()
        .body(containsString("value=\"0.77\""));
    given().cookies(cookies).get("/settings").then().body(not(containsString("value=\"0.77\"")));
  }

  @Test
  void aSliderThatStandsWhereThePageHadPutItSaysNothingOfAnotherModel() {
    given()
        .multiPart("image", "photo.png", PHOTO)
        .multiPart("q", "a dog")
        .multiPart("threshold", "0.40")
        .multiPart("usual", "0.40")
        .multiPart("model", OTHER)
        .post("/")
        .then()
        .statusCode(200)
        .body(containsString("value=\"0.11\" data-usual=\"0.11\""));
  }

  @Test
  void aFrontPassesTheNameOn() {
    RemoteGrounder front =
        new RemoteGrounder(
            Settings.of(URI.create("http://localhost:" + RestAssured.port)), vertx, mapper);
    GroundingRequest request =
        new GroundingRequest(PHOTO, new Query.Phrases(List.of("a dog")), GroundingOptions.DEFAULTS);

    assertThat(front.ground(request).model().name()).isEqualTo("small");
    assertThat(front.ground(request.to(OTHER)).model().name()).isEqualTo(OTHER);
    assertThat(front.models()).extracting(ModelDescription::name).containsExactly("small", OTHER);
    assertThat(front.profile(Optional.of(OTHER)).model().thresholds()).containsEntry("best", 0.11);
    assertThatThrownBy(() -> front.ground(request.to("third")))
        .asInstanceOf(type(GroundingException.class))
        .extracting(GroundingException::reason)
        .isEqualTo(Reason.MODEL_UNKNOWN);
  }
}
