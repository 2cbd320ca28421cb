package io.deixis.service.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.deixis.service.Photos;
import io.deixis.service.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The demo page as a browser without JavaScript meets it. */
@QuarkusTest
class DemoResourceTest {

  @Test
  void opensWithAnExampleThatIsAnswered() {
    String page =
        given()
            .get("/")
            .then()
            .statusCode(200)
            .contentType("text/html")
            .header("Content-Security-Policy", not(containsString("unsafe")))
            .body(containsString("href=\"/?example=rocket\""))
            .body(containsString("best 0.35"))
            .body(containsString("CC0, Rachel Michetti"))
            .body(containsString("src=\"/examples/astronaut.jpg\""))
            .body(containsString("value=\"astronaut\""))
            .extract()
            .asString();
    assertThat(phraseClasses(page)).isNotEmpty();
  }

  @Test
  void everyExampleHasAnAddress() {
    given()
        .get("/?example=chelsea")
        .then()
        .statusCode(200)
        .body(containsString("A striped cat lies here alone, without a child.</textarea>"))
        .body(containsString("viewBox=\"0 0 451 300\""));
    given().get("/?example=../x").then().body(containsString("src=\"/examples/astronaut.jpg\""));
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
            .body(containsString("Not in this picture"))
            .body(containsString("scripted</a> 1.0"))
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
            matchesPattern(
                "(?s).*hit hue-0\" data-phrase=\"0\"><span[^>]*>a cat</span>.*"
                    + "<span data-start=\"5\"> and </span><span class=\"hit hue-1\".*"));
  }

  @Test
  void wordsOfACaptionAreLookedForByTheirPlaces() {
    String page =
        question("caption", "a cat and a dog\r\nwith a ball")
            .multiPart("span", "2-5")
            .multiPart("span", "21-27")
            .multiPart("span", "21-99")
            .multiPart("example", "chelsea")
            .post("/")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(phraseNames(page)).containsExactly("cat", "a ball");
    assertThat(page).contains("data-start=\"2\" tabindex=\"0\">cat</span>");
  }

  @Test
  void boxesAreInThePixelsOfThePhotoBeforeItWasScaled() {
    String page =
        question("phrases", "a cat")
            .multiPart("image", "photo.png", Photos.png(64, 32), "image/png")
            .multiPart("size", "6400x3200")
            .post("/")
            .asString();
    assertThat(page)
        .contains("viewBox=\"0 0 6400 3200\"")
        .contains("&quot;image&quot;:{&quot;width&quot;:6400,&quot;height&quot;:3200}");
  }

  @Test
  void fieldsOfTheScriptThatMakeNoSenseArePassedOver() {
    question("caption", "a cat and a dog")
        .multiPart("span", "5-2")
        .multiPart("span", "5-6")
        .multiPart("span", "x")
        .multiPart("size", "0x0")
        .multiPart("image", "photo.png", Photos.png(64, 32), "image/png")
        .post("/")
        .then()
        .statusCode(200)
        .body(containsString("viewBox=\"0 0 64 32\""));
  }

  @Test
  void photoMayComeFromEitherField() {
    question("phrases", "a cat")
        .multiPart("image", "", new byte[0], "application/octet-stream")
        .multiPart("image", "photo.png", Photos.png(64, 32), "image/png")
        .post("/")
        .then()
        .body(containsString("viewBox=\"0 0 64 32\""));
  }

  @Test
  void ownThresholdsAreMarkedAndFollowed() {
    given()
        .cookie("deixis-thresholds", "0.99~people!0.01")
        .get("/")
        .then()
        .body(containsString("value=\"0.99\" aria-label"))
        .body(containsString("yours 0.99"))
        .body(containsString("hit hue-0 absent"));
    String page =
        question("caption", "[/EN#1/people a unicorn] and [/EN#2/other a cat]")
            .cookie("deixis-thresholds", "0.99~people!0.01")
            .multiPart("example", "chelsea")
            .multiPart("threshold", "0.99")
            .post("/")
            .asString();
    assertThat(phraseClasses(page)).containsExactly("phrase hue-0", "phrase hue-1 absent");
  }

  @Test
  void aMovedSliderHoldsForEveryType() {
    String page =
        question("caption", "[/EN#1/people a unicorn] and [/EN#2/other a cat]")
            .cookie("deixis-thresholds", "0.99~people!0.01")
            .multiPart("example", "chelsea")
            .multiPart("threshold", "0.30")
            .post("/")
            .asString();
    assertThat(phraseClasses(page)).containsExactly("phrase hue-0 absent", "phrase hue-1");
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
        .body(containsString("role=\"alert\">Failed with BUSY as asked. "))
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

  private static Iterable<String> phraseNames(String page) {
    Matcher names = Pattern.compile("<span class=\"name\"[^>]*>([^<]*)<").matcher(page);
    return names.results().map(name -> name.group(1)).toList();
  }
}
