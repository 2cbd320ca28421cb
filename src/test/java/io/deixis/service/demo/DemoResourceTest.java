package io.deixis.service.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.deixis.service.Photos;
import io.deixis.service.problem.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
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
            .body(containsString("href=\"./?example=two-mugs\""))
            .body(containsString("best 35 %"))
            .body(containsString("CC0 1.0, Candace McDaniel"))
            .body(containsString("src=\"./examples/jockey-on-horse.jpg\""))
            .body(containsString("value=\"jockey-on-horse\""))
            .extract()
            .asString();
    assertThat(phraseClasses(page)).isNotEmpty();
  }

  @Test
  void everyExampleHasAnAddress() {
    given()
        .get("/?example=two-mugs")
        .then()
        .statusCode(200)
        .body(containsString("value=\"Two white mugs stand side by side.\""))
        .body(containsString("viewBox=\"0 0 960 664\""));
    given()
        .get("/?example=../x")
        .then()
        .body(containsString("src=\"./examples/jockey-on-horse.jpg\""));
  }

  @Test
  void aLimitOfUnsureAnswersOfOnesOwnHolds() {
    given()
        .cookie("deixis-thresholds-scripted", "0.99!0.07")
        .get("/")
        .then()
        .body(containsString("data-unsure=\"0.07\""));
  }

  @Test
  void wordsWithoutAnExampleAreAskedOfTheFirst() {
    for (String address : List.of("/", "/?example=none")) {
      given()
          .queryParam("q", "a cat")
          .get(address)
          .then()
          .statusCode(200)
          .body(containsString("src=\"./examples/jockey-on-horse.jpg\""))
          .body(containsString("id=\"words\" value=\"a cat\""));
    }
  }

  @Test
  void exampleIsAnsweredByItsId() {
    String page =
        question("a cat; ; a unicorn")
            .multiPart("example", "two-mugs")
            .post("/")
            .then()
            .statusCode(200)
            .body(containsString("src=\"./examples/two-mugs.jpg\""))
            .body(containsString("viewBox=\"0 0 960 664\""))
            .body(containsString("Not in this picture"))
            .body(containsString("scripted</a> 1.0"))
            .extract()
            .asString();
    assertThat(phraseClasses(page)).containsExactly("phrase hue-0 found", "phrase hue-1 absent");
  }

  @Test
  void uploadGoesBeforeTheExampleAndComesBackInThePage() {
    question("a cat")
        .multiPart("example", "two-mugs")
        .multiPart("image", "photo.png", Photos.png(64, 32), "image/png")
        .post("/")
        .then()
        .statusCode(200)
        .body(containsString("src=\"data:image/png;base64,"))
        .body(containsString("viewBox=\"0 0 64 32\""));
  }

  @Test
  void scriptThatHasThePhotoDoesNotGetItBack() {
    question("a cat")
        .multiPart("image", "photo.png", Photos.png(64, 32), "image/png")
        .multiPart("embed", "no")
        .post("/")
        .then()
        .statusCode(200)
        .body(not(containsString("data:image")));
  }

  @Test
  void captionShowsItsPhrasesInColour() {
    question("a cat and a dog")
        .multiPart("as", "sentence")
        .multiPart("example", "two-mugs")
        .post("/")
        .then()
        .statusCode(200)
        .body(
            matchesPattern(
                "(?s).*hit hue-0 found\" data-phrase=\"0\"><span[^>]*>a cat</span>.*"
                    + "<span data-start=\"5\"> and </span><span class=\"hit hue-1 found\".*"));
  }

  @Test
  void wordsOfACaptionAreLookedForByTheirPlaces() {
    String page =
        question("a cat and a dog\r\nwith a ball")
            .multiPart("span", "2-5")
            .multiPart("span", "21-27")
            .multiPart("span", "21-99")
            .multiPart("example", "two-mugs")
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
        question("a cat")
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
    question("a cat and a dog")
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
    question("a cat")
        .multiPart("image", "", new byte[0], "application/octet-stream")
        .multiPart("image", "photo.png", Photos.png(64, 32), "image/png")
        .post("/")
        .then()
        .body(containsString("viewBox=\"0 0 64 32\""));
  }

  @Test
  void ownThresholdsAreMarkedAndFollowed() {
    given()
        .cookie("deixis-thresholds-scripted", "0.99~people!0.01")
        .get("/")
        .then()
        .body(containsString("value=\"0.99\" data-usual"))
        .body(containsString("yours 99 %"))
        .body(containsString("hit hue-0 unsure"));
    String page =
        given()
            .cookie("deixis-thresholds-scripted", "0.99~people!0.01")
            .queryParam("example", "two-mugs")
            .queryParam("q", "[/EN#1/people a unicorn] and [/EN#2/other a cat]")
            .queryParam("threshold", "0.99")
            .get("/")
            .asString();
    assertThat(phraseClasses(page)).containsExactly("phrase hue-0 found", "phrase hue-1 unsure");
  }

  @Test
  void aMovedSliderHoldsForEveryType() {
    String page =
        given()
            .cookie("deixis-thresholds-scripted", "0.99~people!0.01")
            .queryParam("example", "two-mugs")
            .queryParam("q", "[/EN#1/people a unicorn] and [/EN#2/other a cat]")
            .queryParam("threshold", "0.30")
            .get("/")
            .asString();
    assertThat(phraseClasses(page)).containsExactly("phrase hue-0 absent", "phrase hue-1 found");
  }

  @Test
  void thresholdHidesWeakerBoxes() {
    String strict =
        question("a cat")
            .multiPart("example", "burger-and-fries")
            .multiPart("threshold", "0.99")
            .post("/")
            .asString();
    assertThat(phraseClasses(strict)).containsExactly("phrase hue-0 unsure");
    String lenient =
        question("a unicorn")
            .multiPart("example", "burger-and-fries")
            .multiPart("threshold", "0.01")
            .post("/")
            .asString();
    assertThat(phraseClasses(lenient)).containsExactly("phrase hue-0 found");
  }

  @Test
  void whatIsAskedOfAnExampleHasAnAddress() {
    String address =
        given()
            .redirects()
            .follow(false)
            .multiPart("q", "the mug on the left & \"more\"")
            .multiPart("example", "two-mugs")
            .post("/")
            .then()
            .statusCode(303)
            .extract()
            .header("Location");
    assertThat(address).contains("?example=two-mugs&q=the+mug+on+the+left+%26+%22more%22");
    given()
        .urlEncodingEnabled(false)
        .get("/" + address)
        .then()
        .statusCode(200)
        .body(containsString("value=\"the mug on the left &amp; &quot;more&quot;\""))
        .body(containsString("Read as one thing"));
  }

  @Test
  void wordsAreReadAndTheOtherReadingIsOffered() {
    String whole = given().queryParam("q", "a cat and a dog").get("/?example=two-mugs").asString();
    assertThat(phraseNames(whole)).containsExactly("a cat and a dog");
    assertThat(whole).contains("/?example=two-mugs&amp;q=a+cat+and+a+dog&amp;as=sentence");
    String sentence =
        given()
            .queryParam("q", "a cat and a dog")
            .queryParam("as", "sentence")
            .get("/?example=two-mugs")
            .asString();
    assertThat(phraseNames(sentence)).containsExactly("a cat", "a dog");
    assertThat(sentence).contains("Read as a sentence").contains("&amp;as=whole");
  }

  @Test
  void answersSayWhatIsFoundWhatIsUnsureAndWhatIsAbsent() {
    String page =
        given()
            .queryParam("q", "a cat; a unicorn")
            .queryParam("threshold", "0.96")
            .get("/?example=two-mugs")
            .asString();
    assertThat(phraseClasses(page)).containsExactly("phrase hue-0 unsure", "phrase hue-1 absent");
    assertThat(page)
        .contains("stroke-dasharray") // of the guess
        .contains("<b>4 %</b> very unlikely");
    assertThat(page.split("stroke-dasharray")).hasSize(2);
  }

  @Test
  void aPhotoThatABrowserKeepsIsAskedByItsScript() {
    given()
        .queryParam("photo", "abc")
        .queryParam("q", "a cat")
        .get("/")
        .then()
        .statusCode(200)
        .body(containsString("value=\"a cat\""))
        .body(containsString("only the browser where you chose it has it"))
        .body(not(containsString("class=\"phrase ")));
  }

  @Test
  void theFormShrinksAfterTheFirstQuestion() {
    given().get("/").then().body(containsString("class=\"photos\" open>"));
    given()
        .get("/?example=two-mugs&q=a+mug")
        .then()
        .body(not(containsString("class=\"photos\" open>")));
  }

  @Test
  void problemsAreSaidInASentenceAndTheFormIsKept() {
    question("fail BUSY")
        .multiPart("example", "jockey-on-horse")
        .post("/")
        .then()
        .statusCode(429)
        .body(containsString("role=\"alert\">Failed with BUSY as asked. "))
        .body(containsString("value=\"fail BUSY\""));
    question("a cat").post("/").then().statusCode(400).body(containsString("No image"));
    question("a cat")
        .multiPart("example", "../application.properties")
        .post("/")
        .then()
        .statusCode(400)
        .body(containsString("No image"));
  }

  @Test
  void whatPeopleWriteStaysText() {
    question("\"><script>alert(1)</script>")
        .multiPart("example", "two-mugs")
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

  private static RequestSpecification question(String words) {
    return given().multiPart("q", words);
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
