package io.deixis.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The demo page as a browser without JavaScript meets it. */
@QuarkusTest
class DemoResourceTest {

  @Test
  void formIsThereBeforeAnythingIsAsked() {
    given()
        .get("/")
        .then()
        .statusCode(200)
        .contentType("text/html")
        .header("Content-Security-Policy", not(containsString("unsafe")))
        .body(containsString("name=\"example\" value=\"rocket\""))
        .body(containsString("best 0.35"))
        .body(containsString("CC0, Rachel Michetti"))
        .body(not(containsString("class=\"phrases\"")));
  }

  @Test
  void exampleIsAnsweredByItsId() {
    String page =
        question("phrases", "a cat\n\na unicorn\n")
            .multiPart("example", "chelsea")
            .post("/")
            .then()
            .statusCode(200)
            .body(containsString("src=\"/examples/chelsea.jpg\""))
            .body(containsString("viewBox=\"0 0 451 300\""))
            .body(containsString("not in this picture"))
            .body(containsString("scripted 1.0"))
            .extract()
            .asString();
    assertThat(phraseClasses(page)).containsExactly("phrase hue-0", "phrase hue-1 absent");
  }

  @Test
  void uploadGoesBeforeTheExampleAndComesBackInThePage() {
    question("phrases", "a cat")
        .multiPart("example", "chelsea")
        .multiPart("image", "photo.png", Photos.png(64, 32), "image/png")
        .post("/")
        .then()
        .statusCode(200)
        .body(containsString("src=\"data:image/png;base64,"))
        .body(containsString("viewBox=\"0 0 64 32\""));
  }

  @Test
  void scriptThatHasThePhotoDoesNotGetItBack() {
    question("phrases", "a cat")
        .multiPart("image", "photo.png", Photos.png(64, 32), "image/png")
        .multiPart("embed", "no")
        .post("/")
        .then()
        .statusCode(200)
        .body(not(containsString("data:image")));
  }

  @Test
  void captionShowsItsPhrasesInColour() {
    question("caption", "a cat and a dog")
        .multiPart("example", "chelsea")
        .post("/")
        .then()
        .statusCode(200)
        .body(
            containsString(
                "<span class=\"hit hue-0\">a cat</span> and <span class=\"hit hue-1\">"));
  }

  @Test
  void thresholdHidesWeakerBoxes() {
    String strict =
        question("phrases", "a cat")
            .multiPart("example", "coffee")
            .multiPart("threshold", "0.99")
            .post("/")
            .asString();
    assertThat(phraseClasses(strict)).containsExactly("phrase hue-0 absent");
    String lenient =
        question("phrases", "a unicorn")
            .multiPart("example", "coffee")
            .multiPart("threshold", "0.01")
            .post("/")
            .asString();
    assertThat(phraseClasses(lenient)).containsExactly("phrase hue-0");
  }

  @Test
  void problemsAreSaidInASentenceAndTheFormIsKept() {
    question("phrases", "fail BUSY")
        .multiPart("example", "rocket")
        .post("/")
        .then()
        .statusCode(429)
        .body(containsString("role=\"alert\">Failed with BUSY as asked."))
        .body(containsString("fail BUSY</textarea>"));
    question("phrases", "a cat").post("/").then().statusCode(400).body(containsString("No image"));
    question("phrases", "a cat")
        .multiPart("example", "../application.properties")
        .post("/")
        .then()
        .statusCode(400)
        .body(containsString("No image"));
  }

  @Test
  void whatPeopleWriteStaysText() {
    question("phrases", "</textarea><script>alert(1)</script>")
        .multiPart("example", "chelsea")
        .post("/")
        .then()
        .statusCode(200)
        .body(not(containsString("<script>alert")))
        .body(containsString("&lt;script&gt;alert(1)"));
  }

  @Test
  void styleSheetHasThePalette() {
    given()
        .get("/palette.css")
        .then()
        .statusCode(200)
        .contentType("text/css")
        .body(allOf(containsString(".hue-0 {"), containsString("--hue: #e69f00;")));
  }

  @Test
  void everyProblemTypeIsExplained() {
    String page = given().get("/problems").then().statusCode(200).extract().asString();
    assertThat(ProblemType.values())
        .allSatisfy(type -> assertThat(page).contains("id=\"" + type.slug() + "\""));
  }

  private static RequestSpecification question(String kind, String text) {
    return given().multiPart("kind", kind).multiPart("text", text);
  }

  private static Iterable<String> phraseClasses(String page) {
    Matcher items = Pattern.compile("<li class=\"([^\"]*)\"").matcher(page);
    return items.results().map(item -> item.group(1)).toList();
  }
}
