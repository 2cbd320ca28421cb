package io.deixis.service.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.deixis.grounding.Refusal.Reason;
import io.deixis.service.Photos;
import io.deixis.service.ScriptedGrounder;
import io.deixis.service.problem.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.builder.MultiPartSpecBuilder;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.MultiPartSpecification;
import io.restassured.specification.RequestSpecification;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class GroundResourceTest {

  private static final byte[] PHOTO = Photos.png(320, 200);
  private static final String PHOTO_BASE64 = Base64.getEncoder().encodeToString(PHOTO);

  @Test
  void formIsAnsweredInTheOrderOfItsPhrases() {
    form("phrase", "a cat", "phrase", "a unicorn", "phrase", "Größe 日本")
        .post("/v1/ground")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("image.width", equalTo(320))
        .body("image.height", equalTo(200))
        .body("threshold", equalTo((float) ScriptedGrounder.BEST))
        .body("caption", nullValue())
        .body("phrases.text", contains("a cat", "a unicorn", "Größe 日本"))
        .body("phrases.found", contains(true, false, true))
        .body("phrases[0].boxes", hasSize(greaterThan(0)))
        .body("phrases[0].boxes[0].box", hasSize(4))
        .body("phrases[0].boxes.score", everyItem(greaterThanOrEqualTo(0.35f)))
        .body("phrases[1].boxes", hasSize(0))
        .body("phrases[1].score", equalTo(0.04f))
        .body("model.name", equalTo("scripted"))
        .body("timings.stages.decode", equalTo(1.5f))
        .body("timings.totalMs", equalTo(2.25f))
        .body("timings.imageCached", equalTo(false));
  }

  @Test
  void jsonAndFormAgree() {
    Object byForm =
        form("phrase", "a cat", "threshold", "0.1", "top", "3", "nms", "0.7")
            .post("/v1/ground")
            .then()
            .statusCode(200)
            .extract()
            .path("phrases");
    Object byJson =
        json(Map.of(
                "image",
                PHOTO_BASE64,
                "phrases",
                List.of("a cat"),
                "threshold",
                0.1,
                "top",
                3,
                "nms",
                0.7))
            .statusCode(200)
            .body("phrases[0].boxes", hasSize(3))
            .extract()
            .path("phrases");
    assertThat(byJson).isEqualTo(byForm);
  }

  @Test
  void captionComesBackWithSpans() {
    form("caption", "a cat and a dog")
        .post("/v1/ground")
        .then()
        .statusCode(200)
        .body("caption", equalTo("a cat and a dog"))
        .body("phrases.text", contains("a cat", "a dog"))
        .body("phrases[1].span", contains(10, 15))
        .body("phrases[1].entity", nullValue());
  }

  @Test
  void annotatedCaptionComesBackWithItsEntities() {
    json(Map.of(
            "image", PHOTO_BASE64, "caption", "[/EN#12/people A man] in [/EN#13/clothing a hat]"))
        .statusCode(200)
        .body("caption", equalTo("A man in a hat"))
        .body("phrases.entity", contains("12", "13"))
        .body("phrases[1].types", contains("clothing"))
        .body("phrases[1].span", contains(9, 14));
  }

  @Test
  void svgStandsByItselfAndEscapesThePhrase() {
    String svg =
        form("phrase", "<script>alert(\"&\")</script>")
            .accept("image/svg+xml")
            .post("/v1/ground")
            .then()
            .statusCode(200)
            .contentType("image/svg+xml")
            .extract()
            .asString();
    assertThat(svg)
        .contains("viewBox=\"0 0 320 200\"")
        .contains("data:image/png;base64," + PHOTO_BASE64)
        .contains("&lt;script&gt;")
        .doesNotContain("<script");
  }

  @Test
  void pngIsAsLargeAsThePhoto() throws IOException {
    byte[] png =
        form("phrase", "a cat")
            .accept("image/png")
            .post("/v1/ground")
            .then()
            .statusCode(200)
            .contentType("image/png")
            .extract()
            .asByteArray();
    BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(drawn.getWidth()).isEqualTo(320);
    assertThat(drawn.getHeight()).isEqualTo(200);
  }

  @Test
  void cocoResultsAreCornerAndSize() {
    List<Float> box =
        form("phrase", "a cat", "top", "1")
            .post("/v1/ground")
            .then()
            .extract()
            .path("phrases[0].boxes[0].box");
    List<Float> coco =
        form("phrase", "a cat", "top", "1")
            .accept("application/vnd.coco+json")
            .post("/v1/ground")
            .then()
            .statusCode(200)
            .contentType("application/vnd.coco+json")
            .body("", hasSize(1))
            .body("[0].image_id", equalTo(1))
            .body("[0].category_id", equalTo(1))
            .body("[0].phrase", equalTo("a cat"))
            .extract()
            .path("[0].bbox");
    assertThat(coco.get(0)).isEqualTo(box.get(0));
    assertThat(coco.get(2)).isCloseTo(box.get(2) - box.get(0), within(0.05f));
    assertThat(coco.get(3)).isCloseTo(box.get(3) - box.get(1), within(0.05f));
  }

  @ParameterizedTest
  @EnumSource(value = Reason.class, names = "INTERNAL", mode = EnumSource.Mode.EXCLUDE)
  void everyReasonIsAProblemOfItsOwn(Reason reason) {
    ProblemType type = ProblemType.of(reason);
    ValidatableResponse response =
        problem(form("phrase", "fail " + reason).post("/v1/ground").then(), type)
            .body("title", equalTo(type.title()))
            .body("detail", equalTo("Failed with " + reason + " as asked."))
            .body("field", equalTo("phrase"));
    if (type.status() == 429 || type.status() == 503) {
      response.header("Retry-After", notNullValue());
    }
  }

  @Test
  void unexpectedFaultsTellNothingOfTheInside() {
    problem(form("phrase", "fail UNEXPECTED").post("/v1/ground").then(), ProblemType.INTERNAL)
        .body(not(containsString("secret")))
        .body("instance", containsString("urn:uuid:"));
  }

  @Test
  void missingImageIsAProblem() {
    problem(
            given().multiPart(text("phrase", "a cat")).post("/v1/ground").then(),
            ProblemType.IMAGE_MISSING)
        .body("field", equalTo("image"));
  }

  @Test
  void aPhotoOfNoBytesIsNamed() {
    problem(
            given()
                .multiPart("image", "photo.jpg", new byte[0])
                .multiPart(text("phrase", "a cat"))
                .post("/v1/ground")
                .then(),
            ProblemType.IMAGE_MISSING)
        .body("field", equalTo("image"))
        .body("detail", equalTo("The image has no bytes; send the whole file."));
  }

  @ParameterizedTest
  @CsvSource({
    "threshold, send it in the body",
    "phrases, send it in the body",
    "treshold, 'There is no option \"treshold\"'"
  })
  void anOptionInTheAddressIsNotPassedOver(String option, String sentence) {
    problem(
            form("phrase", "a cat").post("/v1/ground?" + option + "=0.1").then(),
            ProblemType.OPTION_UNKNOWN)
        .body("field", equalTo(option))
        .body("detail", containsString(sentence));
  }

  @Test
  void tooManyBytesAreRefusedBeforeDecoding() throws Exception {
    HttpResponse<String> refusal = postImageOf(20 * 1024 * 1024 + 1);
    assertThat(refusal.statusCode()).isEqualTo(413);
    assertThat(refusal.body()).contains(ProblemType.IMAGE_TOO_MANY_BYTES.uri());
  }

  @Test
  void imageUpToTheLimitReachesTheGrounderAsJsonToo() throws Exception {
    HttpResponse<String> refusal = postImageOf(20 * 1024 * 1024);
    assertThat(refusal.statusCode()).isEqualTo(415);
    assertThat(refusal.body()).contains(ProblemType.IMAGE_UNSUPPORTED.uri());
  }

  @Test
  void declaredBodyBeyondEveryRequestIsRefusedUnread() throws Exception {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/ground HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Content-Length: 999999999\r\n\r\n{")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 413")
          .contains("application/problem+json")
          .contains(ProblemType.BODY_TOO_LARGE.uri());
    }
  }

  @Test
  void phrasesKeepToTheirLimits() {
    problem(form().post("/v1/ground").then(), ProblemType.PHRASE_MISSING);
    problem(
        form("phrase", "a cat", "phrase", " ").post("/v1/ground").then(), ProblemType.PHRASE_EMPTY);
    problem(
        json(Map.of("image", PHOTO_BASE64, "phrases", Collections.nCopies(200, "a cat"))),
        ProblemType.TOO_MANY_PHRASES);
    String[] manyFields =
        Collections.nCopies(200, List.of("phrase", "a cat")).stream()
            .flatMap(List::stream)
            .toArray(String[]::new);
    problem(form(manyFields).post("/v1/ground").then(), ProblemType.TOO_MANY_PHRASES);
    problem(form("phrase", "x".repeat(257)).post("/v1/ground").then(), ProblemType.PHRASE_TOO_LONG);
    problem(form("caption", " ").post("/v1/ground").then(), ProblemType.PHRASE_MISSING);
    problem(
        form("caption", "[/EN#1/people A man").post("/v1/ground").then(),
        ProblemType.MARKUP_BROKEN);
    problem(
        form("caption", "a cat", "phrase", "a cat").post("/v1/ground").then(),
        ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void unknownAndInvalidOptionsAreNamed() {
    problem(
            form("phrase", "a cat", "treshold", "0.5").post("/v1/ground").then(),
            ProblemType.OPTION_UNKNOWN)
        .body("field", equalTo("treshold"))
        .body("detail", containsString("threshold"));
    problem(
            json(Map.of("image", PHOTO_BASE64, "phrases", List.of("a cat"), "url", "http://x")),
            ProblemType.OPTION_UNKNOWN)
        .body("field", equalTo("url"));
    problem(
            form("phrase", "a cat", "top", "many").post("/v1/ground").then(),
            ProblemType.OPTION_INVALID)
        .body("field", equalTo("top"));
    problem(
        form("phrase", "a cat", "top", "0").post("/v1/ground").then(), ProblemType.OPTION_INVALID);
    problem(
        form("phrase", "a cat", "nms", "NaN").post("/v1/ground").then(),
        ProblemType.OPTION_INVALID);
    problem(
        form("phrase", "a cat", "threshold", "2").post("/v1/ground").then(),
        ProblemType.OPTION_INVALID);
  }

  @Test
  void addressesAndPathsAreNotFollowed() {
    problem(
            json(Map.of("image", "http://localhost/cat.jpg", "phrases", List.of("a cat"))),
            ProblemType.MALFORMED_REQUEST)
        .body("field", equalTo("image"));
    problem(
        given()
            .multiPart(text("image", "file:///etc/hostname"))
            .multiPart(text("phrase", "a cat"))
            .post("/v1/ground")
            .then(),
        ProblemType.IMAGE_UNSUPPORTED);
  }

  @Test
  void brokenBodiesAreMalformed() {
    for (String body : List.of("", "{", "[]", "null", "{\"phrases\": \"a cat\"}", "{} {}")) {
      problem(
          given().contentType("application/json").body(body).post("/v1/ground").then(),
          ProblemType.MALFORMED_REQUEST);
    }
    problem(
        given()
            .contentType("multipart/form-data")
            .body("no boundary".getBytes(StandardCharsets.UTF_8))
            .post("/v1/ground")
            .then(),
        ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void nothingComesTwice() {
    for (String field : List.of("image", "caption", "threshold", "top", "image_id")) {
      problem(
              form("caption", "a cat", "threshold", "0.5", "top", "3", "image_id", "4")
                  .multiPart(text(field, "2"))
                  .post("/v1/ground")
                  .then(),
              ProblemType.MALFORMED_REQUEST)
          .body("field", equalTo(field));
    }
    problem(
            jsonText("{\"phrases\": [\"a cat\"], \"top\": 1, \"top\": 2}"),
            ProblemType.MALFORMED_REQUEST)
        .body("field", equalTo("top"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "top | 2.9",
        "top | \"\"",
        "top | \"3\"",
        "top | true",
        "nms | \"\"",
        "nms | \"0.5\"",
        "threshold | \"0x1p-1\"",
        "threshold | \"0.5d\"",
        "threshold | \"\"",
        "threshold | true",
        "phrases | [5, true]",
        "phrases | [[\"a cat\"]]",
        "caption | 5",
        "image_id | 1.5",
        "image | 5"
      })
  void numbersAreNumbersAndTextsAreTexts(String field, String value) {
    Map<String, String> members =
        new HashMap<>(Map.of("image", '"' + PHOTO_BASE64 + '"', "phrases", "[\"a cat\"]"));
    if (field.equals("caption")) {
      members.remove("phrases");
    }
    members.put(field, value);
    jsonText(
            members.entrySet().stream()
                .map(member -> "\"%s\": %s".formatted(member.getKey(), member.getValue()))
                .collect(Collectors.joining(", ", "{", "}")))
        .statusCode(400)
        .body("field", equalTo(field));
  }

  @ParameterizedTest
  @CsvSource({"top,2.9", "top,0x2", "nms,0x1p-1", "nms,0.5f", "threshold,0x1p-1", "image_id,1.5"})
  void numbersOfAFormAreNumbers(String field, String value) {
    problem(
            form("phrase", "a cat", field, value).post("/v1/ground").then(),
            ProblemType.OPTION_INVALID)
        .body("field", equalTo(field));
  }

  @Test
  void aFormThatIsCutOffIsRefused() {
    String whole =
        """
        --B\r
        Content-Disposition: form-data; name="phrase"\r
        \r
        a cat\r
        --B--\r
        """;
    for (int end : new int[] {whole.length() - 6, whole.indexOf("cat"), 30}) {
      problem(multipart(whole.substring(0, end)), ProblemType.MALFORMED_REQUEST)
          .body("detail", containsString("closing boundary"));
    }
    problem(multipart(whole), ProblemType.IMAGE_MISSING);
  }

  @Test
  void aPartsCharacterSetIsHeeded() {
    form()
        .multiPart(
            new MultiPartSpecBuilder("Gr\u00f6\u00dfe".getBytes(StandardCharsets.ISO_8859_1))
                .controlName("phrase")
                .emptyFileName()
                .mimeType("text/plain; charset=iso-8859-1")
                .build())
        .post("/v1/ground")
        .then()
        .statusCode(200)
        .body("phrases.text", contains("Gr\u00f6\u00dfe"));
    problem(
            form()
                .multiPart(
                    new MultiPartSpecBuilder(new byte[] {'a', (byte) 0xff})
                        .controlName("phrase")
                        .emptyFileName()
                        .mimeType("text/plain")
                        .build())
                .post("/v1/ground")
                .then(),
            ProblemType.MALFORMED_REQUEST)
        .body("field", equalTo("phrase"));
  }

  @Test
  void aLongNameIsNotToldBackWhole() {
    String answer =
        form("phrase", "a cat", "n".repeat(100_000), "x")
            .post("/v1/ground")
            .then()
            .extract()
            .asString();
    assertThat(answer).contains("nnnn").hasSizeLessThan(1_000);
  }

  @Test
  void aQueryIsWhatAPersonTypes() {
    form("query", "where is the cat?")
        .post("/v1/ground")
        .then()
        .statusCode(200)
        .body("phrases.text", contains("where is the cat?"));
    problem(
            form("query", "a cat", "phrase", "a cat").post("/v1/ground").then(),
            ProblemType.MALFORMED_REQUEST)
        .body("field", equalTo("query"));
  }

  @Test
  void cocoResultsCarryTheCallersIdAndName() {
    form("phrase", "a cat", "image_id", "4711")
        .accept("application/vnd.coco+json")
        .post("/v1/ground")
        .then()
        .statusCode(200)
        .body("image_id", everyItem(equalTo(4711)))
        .body("file_name", everyItem(equalTo("photo.png")));
    form("phrase", "a cat", "image_id", "4711")
        .accept("application/vnd.coco-dataset+json")
        .post("/v1/ground")
        .then()
        .statusCode(200)
        .body("images[0].id", equalTo(4711))
        .body("categories.name", contains("a cat"));
  }

  @Test
  void csvIsOneOfTheFormats() {
    String csv =
        form("phrase", "a cat")
            .accept("text/csv")
            .post("/v1/ground")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(csv).startsWith("file,image_id,").contains("\r\nphoto.png,1,320,200,1,a cat,");
  }

  @Test
  void mediaTypesCompareWithoutCase() {
    given()
        .header("Content-Type", "Application/JSON")
        .accept("Application/Json")
        .body("{\"image\": \"%s\", \"phrases\": [\"a cat\"]}".formatted(PHOTO_BASE64))
        .post("/v1/ground")
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "snappy"})
  void encodedBodiesAreNotRead(String encoding) {
    problem(
            given()
                .contentType("application/json")
                .header("Content-Encoding", encoding)
                .body("{}")
                .post("/v1/ground")
                .then(),
            ProblemType.UNSUPPORTED_MEDIA_TYPE)
        .header("Accept-Encoding", "identity");
  }

  @Test
  void methodsAreTold() {
    problem(given().get("/v1/ground").then(), ProblemType.METHOD_NOT_ALLOWED)
        .header("Allow", "POST, OPTIONS");
    problem(given().delete("/v1/models").then(), ProblemType.METHOD_NOT_ALLOWED)
        .header("Allow", "GET, HEAD, OPTIONS");
    given().options("/settings").then().statusCode(204).header("Allow", "GET, HEAD, POST, OPTIONS");
    given().options("/deixis.css").then().statusCode(204).header("Allow", "GET, HEAD, OPTIONS");
    problem(given().options("/nosuch").then(), ProblemType.NOT_FOUND);
    given().head("/v1/models").then().statusCode(200);
    given().head("/settings").then().statusCode(200);
    given().head("/v1/ground").then().statusCode(405);
  }

  @Test
  void largeHeadersAreAProblem() {
    problem(
        given().header("X-Large", "x".repeat(20_000)).get("/v1/models").then(),
        ProblemType.HEADERS_TOO_LARGE);
  }

  @Test
  void whatHttpRefusesIsAProblemToo() {
    problem(given().get("/v1/nothing").then(), ProblemType.NOT_FOUND);
    problem(given().get("/nothing").then(), ProblemType.NOT_FOUND);
    problem(given().get("/v1/models/nothing").then(), ProblemType.MODEL_UNKNOWN);
    problem(given().get("/v1/ground").then(), ProblemType.METHOD_NOT_ALLOWED);
    problem(
        form("phrase", "a cat").accept("image/gif").post("/v1/ground").then(),
        ProblemType.NOT_ACCEPTABLE);
    problem(
        given().contentType("text/plain").body("a cat").post("/v1/ground").then(),
        ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  private static HttpResponse<String> postImageOf(int bytes) throws Exception {
    String image = Base64.getEncoder().encodeToString(new byte[bytes]);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://localhost:" + RestAssured.port + "/v1/ground"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"image\": \"" + image + "\", \"phrases\": [\"a cat\"]}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static RequestSpecification form(String... namesAndValues) {
    RequestSpecification form = given().multiPart("image", "photo.png", PHOTO, "image/png");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.multiPart(text(namesAndValues[i], namesAndValues[i + 1]));
    }
    return form;
  }

  private static MultiPartSpecification text(String name, String value) {
    return new MultiPartSpecBuilder(value)
        .controlName(name)
        .emptyFileName()
        .charset(StandardCharsets.UTF_8)
        .build();
  }

  private static ValidatableResponse json(Map<String, Object> body) {
    return given().contentType("application/json").body(body).post("/v1/ground").then();
  }

  private static ValidatableResponse jsonText(String body) {
    return given().contentType("application/json").body(body).post("/v1/ground").then();
  }

  private static ValidatableResponse multipart(String body) {
    return given()
        .contentType("multipart/form-data; boundary=B")
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/v1/ground")
        .then();
  }

  private static ValidatableResponse problem(ValidatableResponse response, ProblemType type) {
    return response
        .statusCode(type.status())
        .contentType("application/problem+json")
        .body("type", equalTo(type.uri()))
        .body("status", equalTo(type.status()))
        .body("detail", notNullValue());
  }
}
