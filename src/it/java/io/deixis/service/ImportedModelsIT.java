package io.deixis.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Published models, imported by the packaged command, behind every door that ours are behind. */
class ImportedModelsIT {

  private static final Path EXPORTS = Path.of("src/test/resources/published");
  private static final Path PHOTO = EXPORTS.resolve("photos/12.png");
  private static final List<String> MODELS =
      List.of("owlv2", "owlvit", "grounding-dino", "mm-grounding-dino");
  private static final long SECONDS = 300;

  @TempDir private static Path folder;

  private static PackagedProcess worker;
  private static PackagedProcess front;

  /**
   * One run of the packaged command.
   *
   * @param status the exit code
   * @param out standard output
   * @param err the error stream
   */
  private record Run(int status, String out, String err) {}

  private static Run run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Ddeixis.models.directory=" + folder.resolve("models"), "-jar"));
    command.add(System.getProperty("deixis.packaged.full") + "/quarkus-run.jar");
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static String done(String... arguments) throws IOException, InterruptedException {
    Run run = run(arguments);
    assertThat(run.status()).as("%s: %s", List.of(arguments), run.err()).isZero();
    return run.out();
  }

  @BeforeAll
  static void importAllAndServe() throws Exception {
    for (String model : MODELS) {
      done("bundle", "import", EXPORTS.resolve(model).toString(), "--name", model);
    }
    new SyntheticDataset(1, 4, 0, 1).write(folder.resolve("data"));
    String[] settings = {
      "deixis.models.directory=" + folder.resolve("models"),
      "deixis.models.active=" + String.join(",", MODELS),
      "deixis.engine.threads=1"
    };
    worker = PackagedProcess.worker("imported-worker", settings);
    front = PackagedProcess.front("imported-front", worker);
    worker.start();
    front.start();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    for (PackagedProcess process : new PackagedProcess[] {front, worker}) {
      if (process != null) {
        process.stop();
      }
    }
  }

  @Test
  void everyCommandTakesThem() throws Exception {
    String model = "mm-grounding-dino-tuned"; // no one else asks this copy
    String data = folder.resolve("data").toString();
    done("bundle", "import", EXPORTS.resolve("mm-grounding-dino").toString(), "--name", model);
    JsonNode answer =
        new ObjectMapper()
            .readTree(
                done(
                    "ground",
                    PHOTO.toString(),
                    "a red square",
                    "dog",
                    "--model=" + model,
                    "--threshold=0",
                    "--format=json"))
            .path("images")
            .path(0)
            .path("answer");
    assertThat(answer.path("model").path("name").asText()).isEqualTo(model);
    assertThat(answer.path("phrases").path(1).path("boxes")).isNotEmpty();
    done("calibrate", "--data", data, "--split=val", "--model=" + model);
    done("sweep", "--data", data, "--split=val", "--model=" + model);
    Path report = folder.resolve("report");
    done(
        "evaluate",
        "--data",
        data,
        "--split=val",
        "--model=" + model,
        "--absent",
        "--report=" + report,
        "--record");
    assertThat(report.resolve("report.html")).isNotEmptyFile();
    done("bundle", "verify", model);
  }

  @Test
  void theyAreComparedByTheNumbersOfAnEvaluation() throws Exception {
    String data = folder.resolve("data").toString();
    ObjectMapper json = new ObjectMapper();
    List<String> compare =
        new ArrayList<>(List.of("compare", "--data", data, "--timed=2", "--json"));
    compare.addAll(MODELS);
    JsonNode models = json.readTree(done(compare.toArray(String[]::new))).path("models");
    assertThat(models.findValuesAsText("name")).isEqualTo(MODELS);
    String[] evaluate = {"evaluate", "--data", data, "--absent", "--json", "--model=owlvit"};
    JsonNode row = json.readTree(done(evaluate)).path("absent").path("rows").path(0);
    assertThat(
            models
                .path(1)
                .path("metrics")
                .path("auroc, " + row.path("name").asText())
                .path("value")
                .asDouble())
        .isCloseTo(row.path("auroc").asDouble(), within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"owlv2", "owlvit", "grounding-dino", "mm-grounding-dino"})
  void frontAndWorkerAnswerWithEach(String model) throws IOException {
    String direct = ground(worker.url(), model);
    assertThat(ground(front.url(), model)).isEqualTo(direct);

    String line =
        "{\"image\": \"%s\", \"phrases\": [\"dog\"], \"threshold\": 0, \"model\": \"%s\"}\n"
            .formatted(Base64.getEncoder().encodeToString(Files.readAllBytes(PHOTO)), model);
    given()
        .contentType(ContentType.JSON)
        .body(line)
        .post(front.url().resolve("/functions/ground"))
        .then()
        .statusCode(200)
        .body("model.name", equalTo(model))
        .body("phrases[0].boxes", hasSize(greaterThan(0)));
    given()
        .contentType("application/x-ndjson")
        .body((line + line).getBytes(StandardCharsets.UTF_8))
        .post(worker.url().resolve("/v1/ground/batch"))
        .then()
        .statusCode(200)
        .body(containsString("\"name\":\"" + model + "\""));
  }

  /** Returns the phrases of an answer. */
  private static String ground(URI url, String model) {
    return given()
        .multiPart("image", PHOTO.toFile())
        .multiPart("phrase", "a red square")
        .multiPart("phrase", "the biggest thing")
        .multiPart("phrase", "dog")
        .multiPart("threshold", "0")
        .multiPart("top", "20")
        .multiPart("model", model)
        .post(url.resolve("/v1/ground"))
        .then()
        .statusCode(200)
        .body("model.name", equalTo(model))
        .body("phrases.text", hasItems("a red square", "the biggest thing", "dog"))
        .body("phrases.boxes", everyItem(hasSize(greaterThan(4))))
        .extract()
        .jsonPath()
        .getString("phrases");
  }

  @Test
  void modelsAndPagesTellOfThem() {
    given()
        .get(front.url().resolve("/v1/models"))
        .then()
        .statusCode(200)
        .body("default", equalTo("owlv2"))
        .body("models.name", equalTo(MODELS));
    for (String model : MODELS) {
      given()
          .queryParam("example", "two-mugs")
          .queryParam("q", "a mug\na remote control")
          .queryParam("model", model)
          .get(front.url())
          .then()
          .statusCode(200)
          .body(containsString("<option selected>" + model + "</option>"))
          .body(containsString("a remote control"));
      given().get(front.url().resolve("/models/" + model)).then().statusCode(200);
    }
  }
}
