package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deixis.service.PackagedProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that asks programs for a key: pages of other sites ask it, if it allows them to (CORS),
 * and so does the code that its own page offers.
 */
@BrowserTest
class CrossOriginIT {

  private static final String KEY = "secret";

  private static OtherSite site;
  private static PackagedProcess server;

  @BeforeAll
  static void start() throws Exception {
    site = new OtherSite();
    server =
        new PackagedProcess(
            "cross-origin",
            Path.of(System.getProperty("deixis.packaged.full")).toRealPath(),
            List.of(
                "quarkus.http.cors.enabled=true",
                "quarkus.http.cors.origins=" + site.allowed(),
                "deixis.api.keys=" + KEY),
            "serve");
    server.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
    site.close();
  }

  /** JSON and a key of one's own are what a browser asks about beforehand, by {@code OPTIONS}. */
  @Test
  void anAllowedSiteAsks(Browser browser) {
    Map<String, Object> answer = ask(browser, site.allowed(), KEY);
    assertThat(answer).containsEntry("status", 200L);
    assertThat(answer.get("body").toString()).contains("\"an orange square\"");
    assertThat(answer.get("id")).isNotNull();
  }

  @Test
  void anAllowedSiteReadsWhyItIsRefused(Browser browser) {
    Map<String, Object> answer = ask(browser, site.allowed(), "wrong");
    assertThat(answer).containsEntry("status", 401L);
    assertThat(answer.get("body").toString()).contains("names no valid key");
  }

  @Test
  void anotherSiteGetsNothing(Browser browser) {
    assertThat(ask(browser, site.other(), KEY)).containsOnlyKeys("failure");
  }

  @Test
  void codeOfThePageTakesTheKeyFromTheEnvironment(Browser browser, @TempDir Path folder)
      throws Exception {
    browser.driver().get(server.url() + "/?example=couple-on-bench&q=a+man");
    browser.find(".name[role=button]");
    for (String command : PastedCode.commands(browser).values()) {
      JsonNode answer = PastedCode.run(command, folder, Map.of("DEIXIS_KEY", KEY));
      assertThat(answer.findValuesAsText("text")).containsExactly("a man");
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> ask(Browser browser, String from, String key) {
    browser.driver().get(from);
    return (Map<String, Object>)
        browser
            .driver()
            .executeAsyncScript(
                """
                const [url, key, done] = arguments;
                const canvas = document.createElement("canvas");
                const pen = canvas.getContext("2d");
                pen.fillStyle = "orange";
                pen.fillRect(0, 0, canvas.width, canvas.height);
                const image = canvas.toDataURL("image/png").split(",")[1];
                fetch(url, {
                  method: "POST",
                  headers: { "Content-Type": "application/json", "X-API-Key": key },
                  body: JSON.stringify({ image, phrases: ["an orange square"] }),
                })
                  .then(async (answer) =>
                    done({
                      status: answer.status,
                      id: answer.headers.get("X-Request-Id"),
                      body: await answer.text(),
                    }))
                  .catch((failure) => done({ failure: failure.message }));
                """,
                server.url().resolve("/v1/ground").toString(),
                key);
  }
}
