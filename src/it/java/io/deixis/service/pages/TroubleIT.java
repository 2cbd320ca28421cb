package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** What goes wrong, and what somebody hostile might write. */
@BrowserTest
class TroubleIT {

  private static final String HOSTILE = "<script>document.title='owned'</script> a woman";

  @TempDir Path folder;

  @Test
  void aServerThatIsGoneIsSaidSoAndAskedAgain(Browser browser) {
    Demo demo = Demo.open(browser);
    network(browser, true, 0);
    demo.ask("A woman beside a flag.");
    assertThat(demo.problem()).contains("cannot be reached");
    network(browser, false, 0);

    browser.find("[data-again]").click();
    demo.settle();
    assertThat(demo.phrases()).containsExactly("A woman", "a flag");
    assertThat(browser.all("#problem [role=alert]")).isEmpty();
  }

  @Test
  void aQuestionIsGivenUp(Browser browser) {
    Demo demo = Demo.open(browser);
    network(browser, false, 20_000);
    browser.find("#words").clear();
    browser.find("#words").sendKeys("A flag.");
    browser.find("#question button[type=submit]").click();
    WebElement progress = browser.find("#progress:not([hidden])");
    browser.screenshotOfWindow("demo-progress");
    browser.find("#cancel").click();
    demo.settle();
    network(browser, false, 0);

    assertThat(progress.isDisplayed()).isFalse();
    assertThat(browser.all("#problem [role=alert]")).isEmpty();
    assertThat(demo.phrases()).contains("A man");
  }

  @Test
  void theLastQuestionWins(Browser browser) {
    Demo demo = Demo.open(browser);
    for (String id : new String[] {"two-mugs", "yellow-taxis", "burger-and-fries"}) {
      browser.script("document.querySelector(`.example[href$=${arguments[0]}]`).click()", id);
    }
    demo.settle();
    assertThat(browser.find("#stage .photo").getAttribute("src")).endsWith("burger-and-fries.jpg");
    assertThat(browser.find("#words").getAttribute("value"))
        .isEqualTo(demo.json().path("caption").asText());
  }

  @Test
  void refusalsOfTheServerAreSentences(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.ask("[/EN#1/people A man");
    assertThat(demo.problem()).contains("markup");
    assertThat(browser.all("[data-again]")).isEmpty();
    demo.ask("Slowly and very well.");
    assertThat(demo.problem()).contains("name a thing");
    demo.ask("A flag.");
    assertThat(browser.all("#problem [role=alert]")).isEmpty();
    assertThat(demo.phrases()).containsExactly("A flag");
  }

  @Test
  void whatIsWrittenStaysText(Browser browser) {
    Demo demo = Demo.open(browser);
    String title = browser.driver().getTitle();
    demo.ask(HOSTILE + "; \"><img src=x onerror=document.title='owned'>; {{7*7}} ${7*7}");
    assertThat(demo.phrases()).first().isEqualTo(HOSTILE);
    demo.threshold(0);
    assertThat(browser.find("#stage .boxes").getAttribute("textContent"))
        .contains("<script>document.title"); // labels are short
    assertUnharmed(browser, title);

    demo.ask(HOSTILE + ".");
    assertThat(browser.find("#caption .caption").getAttribute("textContent"))
        .isEqualTo(HOSTILE + ".");
    assertUnharmed(browser, title);

    browser.open("/?example=%22%3E%3Cscript%3Edocument.title='owned'%3C/script%3E");
    assertUnharmed(browser, title);
  }

  @Test
  void theNameOfAFileStaysText(Browser browser) throws IOException {
    Path photo = folder.resolve("\"><img src=x onerror=document.title='owned'>.jpg");
    Files.copy(PhotoFiles.COFFEE, photo);
    Demo demo = Demo.open(browser);
    String title = browser.driver().getTitle();
    demo.choose(photo);
    demo.ask("A cup.");
    browser.find("#code-details summary").click();
    browser.until(page -> browser.find("#code").getText().contains("onerror"));
    assertUnharmed(browser, title);
  }

  private static void assertUnharmed(Browser browser, String title) {
    assertThat(browser.driver().getTitle()).isEqualTo(title);
    assertThat(browser.all("img[src=x]")).isEmpty();
    assertThat(browser.all("body script")).isEmpty();
    assertThat(browser.console()).isEmpty();
  }

  private static void network(Browser browser, boolean offline, int latencyMilliseconds) {
    browser
        .driver()
        .executeCdpCommand(
            "Network.emulateNetworkConditions",
            Map.of(
                "offline",
                offline,
                "latency",
                latencyMilliseconds,
                "downloadThroughput",
                -1,
                "uploadThroughput",
                -1));
  }
}
