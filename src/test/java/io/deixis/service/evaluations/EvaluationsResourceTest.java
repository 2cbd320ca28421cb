package io.deixis.service.evaluations;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.deixis.service.StudyFolders;
import io.deixis.service.StudyProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo loop as a browser without JavaScript meets it. */
@QuarkusTest
@TestProfile(StudyProfile.class)
class EvaluationsResourceTest {

  private static final Pattern NEXT = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");

  @Test
  void listsReportsThatCanBeRead() {
    given()
        .get("/evaluations")
        .then()
        .statusCode(200)
        .body(containsString("<a href=\"./evaluations/made-up\">made-up</a>"))
        .body(containsString("66.9"))
        .body(containsString("without answers: evaluate again"))
        .body(not(containsString("broken")));
  }

  @Test
  void everyImageIsReachedByTheLinkToTheNext() {
    List<String> seen = new ArrayList<>();
    for (String href = "/evaluations/made-up"; href != null; ) {
      String page =
          given().urlEncodingEnabled(false).get(href).then().statusCode(200).extract().asString();
      assertThat(page).contains((seen.size() + 1) + " of " + StudyFolders.IMAGES);
      Matcher next = NEXT.matcher(page);
      href = next.find() ? URI.create(href).resolve(next.group(1)).toString() : null;
      if (href != null) {
        seen.add(href);
      }
    }
    assertThat(seen).doesNotHaveDuplicates().hasSize(StudyFolders.IMAGES - 1);
  }

  @Test
  void worstImageComesFirst() {
    given().get("/evaluations/made-up").then().body(containsString("/evaluations/made-up/image0"));
  }

  @Test
  void filterNarrowsImagesPhrasesAndSummary() {
    given()
        .get("/evaluations/made-up?type=clothing&outcome=miss&below=0.5")
        .then()
        .body(containsString("60 phrases in 60 images"))
        .body(containsString("wrong object 100.0 %"))
        .body(containsString("type=clothing"));
    given()
        .get("/evaluations/made-up?type=people&several=yes")
        .then()
        .statusCode(200)
        .body(containsString("No phrase passes this filter"));
  }

  @Test
  void imageAndPhraseHaveAddresses() {
    given()
        .get("/evaluations/made-up/image7?phrase=2")
        .then()
        .statusCode(200)
        .body(containsString("<g data-phrase=\"2\" class=\"chosen\">"))
        .body(containsString("href=\"../../evaluations/made-up/image7?phrase=1\""))
        .body(containsString("class=\"canvas\""));
  }

  @Test
  void photoComesFromTheReportIfItIsOne() {
    given()
        .get("/evaluations/made-up/image0")
        .then()
        .body(containsString("href=\"../../evaluations/made-up/image0/photo\""));
    given()
        .get("/evaluations/made-up/image0/photo")
        .then()
        .statusCode(200)
        .contentType("image/png")
        .header("X-Content-Type-Options", equalTo("nosniff"));
    given()
        .get("/evaluations/made-up/image1")
        .then()
        .body(not(containsString("href=\"../../evaluations/made-up/image1/photo\"")));
    given().get("/evaluations/made-up/image1/photo").then().statusCode(404);
    given().get("/evaluations/made-up/image2/photo").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/evaluations/secret",
        "/evaluations/..%2fevaluations%2fmade-up",
        "/evaluations/old",
        "/evaluations/made-up/image60",
        "/evaluations/made-up/..%2f..%2fsecret",
        "/evaluations/made-up/..%2f..%2fsecret/photo",
      })
  void whatIsNotListedIsNotThere(String path) {
    given()
        .urlEncodingEnabled(false)
        .get(path)
        .then()
        .statusCode(404)
        .body(not(containsString("not for browsers")));
  }

  @Test
  void whatDataSaysStaysText() {
    given()
        .get("/evaluations/made-up?order=file&type=people")
        .then()
        .body(
            allOf(
                containsString("rel=\"last\" href=\"../evaluations/made-up/%3Cscript%3E"),
                not(containsString("<script>alert"))));
    given()
        .pathParam("image", StudyFolders.HOSTILE)
        .get("/evaluations/made-up/{image}")
        .then()
        .statusCode(200)
        .body(not(containsString("<script>alert")))
        .body(not(containsString("<img src=x>")))
        .body(containsString("&lt;script&gt;alert(1)"));
  }
}
