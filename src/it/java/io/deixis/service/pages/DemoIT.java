package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deixis.service.demo.ExamplePhoto;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The demo page from the first look to the answer. */
@BrowserTest
class DemoIT {

  private static final int TRANSFER_LIMIT = 60_000;

  /** Pairs of labels that are to be seen, of which one hides more than a hairline of the other. */
  private static final String CLASHES =
      """
      const labels = [...document.querySelectorAll(".boxes g .mark")]
          .filter((label) => label.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }));
      const overlap = (a0, a1, b0, b1) => Math.min(a1, b1) - Math.max(a0, b0);
      const clashes = [];
      for (const one of labels) {
        const a = one.querySelector("rect").getBoundingClientRect();
        if (one.querySelector("text").getBBox().width > one.querySelector("rect").width.baseVal.value)
          clashes.push("too long for its ground: " + one.textContent.trim());
        for (const other of labels) {
          if (one === other) break;
          const b = other.querySelector("rect").getBoundingClientRect();
          if (overlap(a.left, a.right, b.left, b.right) > 0.5
              && overlap(a.top, a.bottom, b.top, b.bottom) > 0.5)
            clashes.push(one.textContent.trim() + " and " + other.textContent.trim());
        }
      }
      return clashes;
      """;

  @Test
  void opensWithAPhotoThatIsGrounded(Browser browser) {
    Demo demo = Demo.open(browser);

    assertThat(demo.phrases()).contains("A man", "a park bench");
    assertThat(demo.highlighted()).isEqualTo(demo.phrases());
    assertThat(demo.visibleBoxes()).isPositive();
    assertThat(browser.find(".provenance").getText()).contains(" ms");
    browser.screenshotOfWindow("demo-first-look");
  }

  @Test
  void weighsLittleWithoutThePhotos(Browser browser) {
    browser.open("/");
    browser.find(".words-of[role=button]");

    List<JsonNode> events = browser.performanceLog().toList();
    Map<String, String> photos =
        events.stream()
            .filter(event -> event.path("method").asText().equals("Network.responseReceived"))
            .filter(event -> event.at("/params/response/url").asText().contains("/examples/"))
            .collect(
                Collectors.toMap(
                    event -> event.at("/params/requestId").asText(),
                    event -> event.at("/params/response/url").asText()));
    double bytes =
        events.stream()
            .filter(event -> event.path("method").asText().equals("Network.loadingFinished"))
            .filter(event -> !photos.containsKey(event.at("/params/requestId").asText()))
            .mapToDouble(event -> event.at("/params/encodedDataLength").asDouble())
            .sum();
    System.out.printf("The demo page without its photos: %.0f bytes%n", bytes);
    assertThat(photos).isNotEmpty();
    assertThat(bytes).isBetween(5_000.0, (double) TRANSFER_LIMIT);
  }

  @Test
  void everyExampleIsOneClickAway(Browser browser) {
    Demo demo = Demo.open(browser);
    for (ExamplePhoto example : ExamplePhoto.values()) {
      browser.find(".example[href$=" + example.id() + "]").click();
      demo.settle();
      assertThat(browser.find("#stage .photo").getAttribute("src")).endsWith(example.url());
      assertThat(browser.find("#words").getAttribute("value")).isEqualTo(example.caption());
      assertThat(demo.json().path("caption").asText()).isEqualTo(example.caption());
      assertThat(browser.find(".example[aria-current]").getAttribute("href"))
          .endsWith(example.id());
      assertThat(demo.phrases()).isNotEmpty();
      assertThat(demo.absent()).as(example.id()).isNotEqualTo(demo.phrases());
      browser.screenshotOfWindow("demo-example-" + example.id());
    }
  }

  @Test
  void answersACaptionAndPhrases(Browser browser) {
    Demo demo = Demo.open(browser);

    demo.ask("A woman beside a flag.");
    assertThat(demo.phrases()).containsExactly("A woman", "a flag");
    assertThat(demo.highlighted()).containsExactly("A woman", "a flag");
    assertThat(browser.find("#caption .caption").getText()).startsWith("A woman");

    demo.ask("a helmet; her hair");
    assertThat(demo.phrases()).containsExactly("a helmet", "her hair");
    assertThat(browser.all("#caption .caption")).isEmpty();
  }

  @Test
  void sliderFiltersWithoutARequest(Browser browser) {
    Demo demo = Demo.open(browser);
    browser.requests();

    demo.threshold(0);
    int all = demo.visibleBoxes();
    assertThat(browser.find("#threshold-value").getText()).isEqualTo("0 %");
    assertThat(demo.found()).isEqualTo(demo.phrases());
    demo.threshold(1);
    assertThat(demo.visibleBoxes()).isLessThan(all);
    assertThat(demo.found()).isEmpty();
    assertThat(browser.all(".hit.found")).isEmpty();
    assertThat(demo.visibleBoxes()).isEqualTo(demo.unsure().size());
    assertThat(demo.json().findValuesAsText("found")).containsOnly("false");
    browser.screenshotOfWindow("demo-nothing-found");

    browser.find(".mark-name").click();
    assertThat(browser.find(".mark-name").getText())
        .endsWith(browser.find("#threshold-value").getText());
    assertThat(browser.requests()).isEmpty();
  }

  @Test
  void pageAndInterfaceAgreeAtEveryThreshold(Browser browser) {
    Demo demo = Demo.open(browser);
    for (double threshold : new double[] {0.1, 0.3, 0.6}) {
      demo.threshold(threshold);
      long boxes = demo.json().findValues("box").size();
      assertThat(demo.visibleBoxes()).isEqualTo((int) boxes);
    }
  }

  @Test
  void phraseAndBoxesPointAtEachOther(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.threshold(0);
    WebElement first = browser.find(".boxes .mark[data-phrase='0']");
    WebElement second = browser.find(".boxes .mark[data-phrase='1']");

    point(browser, browser.find("#caption [data-phrase='0'] .words-of"));
    browser.until(page -> opacity(browser, first) == 1 && opacity(browser, second) < 0.5);

    point(browser, browser.find(".phrase[data-phrase='1'] .name"));
    browser.until(page -> opacity(browser, first) < 0.5 && opacity(browser, second) == 1);

    point(browser, browser.find(".masthead"));
    browser.until(page -> opacity(browser, first) == 1 && opacity(browser, second) == 1);

    browser.find("#caption [data-phrase='0'] .words-of").click();
    point(browser, browser.find(".masthead"));
    browser.until(page -> opacity(browser, second) < 0.5);
    assertThat(browser.find("#caption [data-phrase='0'] .words-of").getAttribute("aria-pressed"))
        .isEqualTo("true");
    browser.screenshotOfWindow("demo-phrase-held");
    browser.find("#caption [data-phrase='0'] .words-of").click();
    point(browser, browser.find(".masthead"));
    browser.until(page -> opacity(browser, second) == 1);
  }

  /** Of every example, with every box that there is, on a wide screen and on a narrow one. */
  @Test
  void labelsDoNotCoverEachOther(Browser browser) {
    for (ExamplePhoto example : ExamplePhoto.values()) {
      for (int width : new int[] {1280, 320}) {
        browser.resize(width, 900);
        Demo.openExample(browser, example.id()).threshold(0);
        browser.screenshotOfWindow("demo-all-boxes-" + example.id() + "-" + width);
        assertThat(clashes(browser)).as(example.id() + " at " + width).isEmpty();
        assertThat(browser.all(".boxes g .mark:not(.crowded)"))
            .hasSizeGreaterThan(browser.all(".boxes g .crowded").size());
      }
    }
  }

  @Test
  void labelsWithoutRoomAreThereForThePhraseThatIsPointedAt(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.ask(
        IntStream.range(0, 20)
            .mapToObj(i -> "a woman who smiles, no. " + i)
            .collect(Collectors.joining("; ")));
    demo.threshold(0);
    // Where the button was that asked, a phrase may lie now.
    point(browser, browser.find(".masthead"));
    WebElement crowded = browser.find(".boxes .crowded");
    browser.until(page -> opacity(browser, crowded) == 0);
    assertThat(clashes(browser)).isEmpty();
    String phrase = crowded.getAttribute("data-phrase");
    point(browser, browser.find(".phrase[data-phrase='" + phrase + "'] .name"));
    browser.until(page -> opacity(browser, crowded) == 1);
    browser.screenshotOfWindow("demo-crowded");
  }

  @Test
  void smallBoxesCanBePointedAtInsideLargeOnes(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.threshold(0);
    Boolean ordered =
        browser.script(
            """
            const area = (box) => box.width.baseVal.value * box.height.baseVal.value;
            const areas = [...document.querySelectorAll(".boxes > rect")].map(area);
            return areas.every((one, i) => i === 0 || areas[i - 1] >= one);
            """);
    assertThat(ordered).isTrue();
  }

  @Test
  void nothingMovesForThoseWhoAskedForThat(Browser browser) {
    browser.media(Map.of("prefers-reduced-motion", "reduce"));
    Demo.open(browser);
    String duration =
        browser.script(
            "return getComputedStyle(document.querySelector('.boxes .mark')).transitionDuration");
    assertThat(duration).isEqualTo("0s");
  }

  @Test
  void ownThresholdIsAMarkOfItsOwn(Browser browser) {
    browser.open("/settings");
    browser.script(
        "const f = document.querySelector('form.thresholds'); f.elements.all.value = '0.77';"
            + " f.elements.unsure.value = '0.05';");
    browser.find("form.thresholds button[type=submit]:not([name])").click();
    browser.find("form.thresholds [name=reset]:enabled"); // they are kept
    Demo.open(browser);
    assertThat(browser.find("#threshold-value").getText()).isEqualTo("77 %");
    assertThat(browser.find(".marks").getText()).contains("yours 77 %", "best", "default");
    assertThat(browser.find("#found").getDomAttribute("data-unsure")).isEqualTo("0.05");
    assertThat(browser.find("#bands").getText())
        .isEqualTo("From 77 % on: found. From 5 % on: unsure, dashed. Below: not in this picture.");
  }

  private static void point(Browser browser, WebElement element) {
    new Actions(browser.driver()).moveToElement(element).perform();
  }

  /** Which labels cover each other, once none fades any more. */
  private static List<String> clashes(Browser browser) {
    browser.until(page -> browser.<Boolean>script("return document.getAnimations().length === 0"));
    return browser.script(CLASHES);
  }

  private static double opacity(Browser browser, WebElement mark) {
    return Double.parseDouble(
        browser.script("return getComputedStyle(arguments[0]).opacity", mark));
  }
}
