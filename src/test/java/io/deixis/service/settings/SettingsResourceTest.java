package io.deixis.service.settings;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.deixis.service.StudyProfile;
import io.deixis.service.page.ThresholdCookie;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.Cookie;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings page as a browser without JavaScript meets it. */
@QuarkusTest
@TestProfile(StudyProfile.class)
class SettingsResourceTest {

  @Test
  void showsTheConfiguredThresholdsAndWhatTheyBuy() {
    given()
        .get("/settings")
        .then()
        .statusCode(200)
        .contentType("text/html")
        .header("Cache-Control", "no-store")
        .body(
            containsString(
                "name=\"all\" id=\"all\" min=\"0\" max=\"1\" step=\"0.01\" value=\"0.30\""))
        .body(containsString("name=\"own\" value=\"people\" checked"))
        .body(containsString("the 3 images of the split val"))
        .body(containsString("data-figure=\"precision\">0."))
        .body(containsString("defaults of this server"));
  }

  @Test
  void anotherFormThanItsOwnIsRefused() {
    given()
        .contentType("application/json")
        .body("{}")
        .post("/settings")
        .then()
        .statusCode(415)
        .body("detail", containsString("does not name application/x-www-form-urlencoded;"));
  }

  @Test
  void savedThresholdsAreKeptByACookieThatScriptsCannotRead() {
    Cookie cookie =
        form()
            .formParam("all", "0.42")
            .formParam("unsure", "0.15")
            .formParam("own", "animals")
            .formParam("type-animals", "0.71")
            .formParam("type-people", "0.1")
            .post("/settings")
            .then()
            .statusCode(303)
            .header("Location", equalTo("settings?changed=true"))
            .extract()
            .detailedCookie(ThresholdCookie.name("scripted"));
    assertThat(cookie.getValue()).isEqualTo("0.42!0.15~animals!0.71");
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualToIgnoringCase("Lax");
    assertThat(cookie.getPath()).isEqualTo("/");

    given()
        .cookie(ThresholdCookie.name("scripted"), cookie.getValue())
        .get("/settings")
        .then()
        .body(containsString("value=\"0.42\""))
        .body(containsString("value=\"0.15\" aria-label=\"Score from which answers are unsure\""))
        .body(containsString("name=\"own\" value=\"animals\" checked"))
        .body(not(containsString("name=\"own\" value=\"people\" checked")))
        .body(containsString("thresholds are your own"));
  }

  @Test
  void resetForgetsTheCookie() {
    Cookie cookie =
        form()
            .cookie(ThresholdCookie.name("scripted"), "0.42")
            .formParam("all", "0.42")
            .formParam("reset", "yes")
            .post("/settings")
            .then()
            .statusCode(303)
            .extract()
            .detailedCookie(ThresholdCookie.name("scripted"));
    assertThat(cookie.getValue()).isEmpty();
    assertThat(cookie.getMaxAge()).isZero();
  }

  @Test
  void aThresholdThatComesTwiceIsRefused() {
    form().formParam("all", "0.3", "0.6").post("/settings").then().statusCode(400);
  }

  @Test
  void whatIsNoThresholdIsRefusedInASentence() {
    for (String wrong : new String[] {"1.5", "NaN", "much", "", "0x1p-1", "0.5f"}) {
      for (String field : List.of("all", "unsure")) {
        form()
            .formParam(field, wrong)
            .formParam(field.equals("all") ? "unsure" : "all", "0.3")
            .post("/settings")
            .then()
            .statusCode(400)
            .body(containsString("role=\"alert\">A threshold is a number from 0 to 1"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-site, 403",
    "Sec-Fetch-Site, same-origin, 303",
    "Origin, https://elsewhere.example, 403",
    "Origin, null, 403"
  })
  void onlyItsOwnPageChangesAnything(String header, String value, int status) {
    form()
        .header(header, value)
        .formParam("all", "0.4")
        .post("/settings")
        .then()
        .statusCode(status);
  }

  @Test
  void aBrokenEscapeIsTheCallersFault() {
    form().body("all=%zz").post("/settings").then().statusCode(400);
  }

  @Test
  void cookieOfSomebodyElseIsPassedOver() {
    given()
        .cookie(ThresholdCookie.name("scripted"), "<script>")
        .get("/settings")
        .then()
        .statusCode(200)
        .body(containsString("value=\"0.30\""))
        .body(not(containsString("<script>")));
  }

  private static RequestSpecification form() {
    return given()
        .redirects()
        .follow(false)
        .contentType("application/x-www-form-urlencoded; charset=UTF-8");
  }

  @Test
  void whatWasSavedIsConfirmed() {
    given()
        .cookie("deixis-thresholds-scripted", "0.40~people!0.50")
        .get("/settings?changed=true")
        .then()
        .body(
            containsString(
                "Saved in this browser: 0.40 for all phrases, unsure from 0.20, 0.50 for people."));
    given()
        .get("/settings?changed=true")
        .then()
        .body(containsString("Reset: the defaults of this server hold, 0.30 for all phrases"));
    given().get("/settings").then().body(not(containsString("class=\"done\"")));
  }
}
