package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** One box for words: how they are read, what is said of each thing, and the address of it all. */
@BrowserTest
class OneBoxIT {

  private static final String REFERRING = "the man in the dark blue jacket";

  @Test
  void enterSearchesAndAReferringExpressionIsTakenWhole(Browser browser) {
    Demo demo = Demo.open(browser);
    browser.find("#words").clear();
    browser.find("#words").sendKeys(REFERRING, Keys.ENTER);
    demo.settle();

    assertThat(demo.phrases()).containsExactly(REFERRING);
    assertThat(browser.find("#reading").getText()).contains("Read as: man");
  }

  @Test
  void theOtherReadingIsOneClickAway(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.ask(REFERRING);

    browser.find("#reading .link").click();
    demo.settle();
    assertThat(demo.phrases()).containsExactly("the man", "the dark blue jacket");
    assertThat(browser.find("#reading").getText()).contains("Read as a sentence");
    assertThat(browser.driver().getCurrentUrl()).contains("as=sentence");

    browser.find("#reading .link").click();
    demo.settle();
    assertThat(demo.phrases()).containsExactly(REFERRING);
  }

  @Test
  void theOtherReadingOfAnOwnPhotoIsOneClickAway(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.choose(PhotoFiles.COFFEE);
    demo.ask("a cup with a spoon");
    browser.find("#reading .link").click();
    demo.settle();
    assertThat(demo.phrases()).containsExactly("a cup", "a spoon");
  }

  @Test
  void answersHaveThreeStatesWithTheirChance(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.threshold(0.9); // what is not absent is unsure now
    assertThat(demo.found()).isEmpty();
    assertThat(demo.unsure()).isNotEmpty();
    assertThat(browser.all("#stage .boxes > rect[stroke-dasharray]:not([visibility=hidden])"))
        .hasSameSizeAs(demo.unsure());
    assertThat(browser.find(".phrase.unsure .verdict").getText())
        .isEqualTo("Unsure; the best guess is dashed");
    assertThat(browser.find(".phrase.unsure .chance").getText()).matches("\\d+ % .*likely.*");
    browser.screenshotOfWindow("demo-unsure");

    demo.ask("a fire-breathing dragon; a purple submarine; a park bench");
    demo.threshold(0.39);
    assertThat(browser.all(".phrase .verdict").get(2).getText()).startsWith("Found");
  }

  @Test
  void questionsHaveAddresses(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.ask("a park bench");
    demo.ask("trees");
    assertThat(browser.driver().getCurrentUrl()).endsWith("?example=couple-on-bench&q=trees");

    browser.driver().navigate().back();
    browser.until(page -> demo.phrases().contains("a park bench"));
    assertThat(browser.find("#words").getAttribute("value")).isEqualTo("a park bench");

    browser.driver().navigate().refresh();
    browser.until(page -> demo.phrases().contains("a park bench"));

    browser.driver().navigate().forward();
    browser.until(page -> demo.phrases().contains("trees"));
  }

  @Test
  void thresholdIsPartOfTheAddress(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.threshold(0.8);
    assertThat(browser.driver().getCurrentUrl()).contains("threshold=0.8");
    browser.driver().navigate().refresh();
    browser.find(".name[role=button]");
    assertThat(browser.find("#threshold-value").getText()).isEqualTo("80 %");
  }

  @Test
  void whatIsTriedNextKeepsTheThreshold(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.threshold(0.8);
    WebElement query = browser.find("#tries a:nth-of-type(2)");
    List<String> asked = List.of(query.getText());
    query.click();
    browser.until(page -> demo.phrases().equals(asked));
    assertThat(browser.driver().getCurrentUrl()).contains("threshold=0.8");
    assertThat(browser.find("#threshold-value").getText()).isEqualTo("80 %");
    assertThat(browser.find("#bands").getText()).startsWith("From 80 % on: found.");
  }

  @Test
  void theStatusIsThatOfTheAnswerShown(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.ask("a park bench");
    browser.until(page -> status(browser).contains("of 1 found"));
    demo.choose(PhotoFiles.COFFEE);
    browser.until(page -> !status(browser).isEmpty());
    demo.ask("a cup; a spoon; a table");
    browser.until(page -> status(browser).contains("of 3 found"));
  }

  private static String status(Browser browser) {
    return browser.find("#status").getAttribute("textContent");
  }
}
