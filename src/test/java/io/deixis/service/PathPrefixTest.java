package io.deixis.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The service under a path of its own: every link of its pages leads somewhere. */
@QuarkusTest
@TestProfile(PathPrefixTest.UnderAPrefix.class)
class PathPrefixTest {

  private static final Pattern LINK = Pattern.compile("\\s(?:href|src|action)=\"([^\"#][^\"]*)\"");

  /** Everything stands under {@code /deixis}. */
  public static class UnderAPrefix implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.http.root-path", "/deixis");
    }
  }

  @TestHTTPResource URI server;

  @Test
  void everyLinkLeadsSomewhere() {
    for (String page : Set.of("", "settings", "models/scripted", "problems", "evaluations")) {
      URI address = server.resolve("/deixis/" + page);
      Response answer = given().urlEncodingEnabled(false).accept("text/html").get(address);
      assertThat(answer.statusCode()).as(page).isEqualTo(200);
      for (String link : links(answer.asString())) {
        URI target = address.resolve(link.replace("&amp;", "&"));
        if (target.getHost().equals(server.getHost())) {
          assertThat(target.getPath()).startsWith("/deixis/");
          assertThat(given().urlEncodingEnabled(false).get(target).statusCode())
              .as("%s from %s", link, page)
              .isEqualTo(200);
        }
      }
    }
  }

  @Test
  void redirectsAreRelative() {
    assertThat(
            given()
                .redirects()
                .follow(false)
                .get(server.resolve("/deixis/models"))
                .header("Location"))
        .isEqualTo("models/scripted");
    assertThat(
            given()
                .redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .body("reset=1")
                .post(server.resolve("/deixis/settings"))
                .header("Location"))
        .isEqualTo("settings?changed=true");
  }

  @Test
  void questionsAreAnswered() {
    given()
        .multiPart("image", "p.png", Photos.png(64, 64))
        .multiPart("phrase", "a cat")
        .post(server.resolve("/deixis/v1/ground"))
        .then()
        .statusCode(200);
    given().options(server.resolve("/deixis/v1/ground")).then().header("Allow", "POST, OPTIONS");
    given().options(server.resolve("/deixis/nothing")).then().statusCode(404);
  }

  private static Set<String> links(String page) {
    Set<String> links = new TreeSet<>();
    Matcher link = LINK.matcher(page);
    while (link.find()) {
      links.add(link.group(1));
    }
    assertThat(links).isNotEmpty();
    return links;
  }
}
