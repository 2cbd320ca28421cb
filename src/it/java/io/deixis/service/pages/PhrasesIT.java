package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Phrases of a caption: left out, put in other words, chosen by hand. */
@BrowserTest
class PhrasesIT {

  @Test
  void aPhraseIsClickedOut(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.ask("A woman beside a flag.");
    demo.threshold(0);
    browser.requests();

    browser.find(".hit[data-phrase='0'] [data-leave-out]").click();
    assertThat(demo.phrases()).containsExactly("a flag");
    assertThat(demo.highlighted()).containsExactly("a flag");
    assertThat(browser.find("#caption .caption").getText()).startsWith("A woman beside");
    assertThat(browser.all(".boxes [data-phrase='0']")).isEmpty();
    assertThat(demo.json().path("phrases")).hasSize(1);
    assertThat(browser.requests()).isEmpty();

    browser.find("#question button[type=submit]").click();
    demo.settle();
    assertThat(demo.phrases()).containsExactly("a flag");
  }

  @Test
  void aPhraseIsPutInOtherWords(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.ask("A woman beside a flag and a helmet.");

    reword(browser, ".phrase[data-phrase='1']", "the stars and stripes");
    demo.settle();

    assertThat(browser.find("#words").getAttribute("value"))
        .isEqualTo("A woman beside the stars and stripes and a helmet.");
    assertThat(demo.highlighted()).containsExactly("A woman", "the stars and stripes", "a helmet");
  }

  @Test
  void aPhraseOfAListIsPutInOtherWords(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.ask("a woman; a flag");

    reword(browser, ".phrase[data-phrase='0']", "an astronaut");
    demo.settle();

    assertThat(demo.phrases()).containsExactly("an astronaut", "a flag");
    assertThat(browser.find("#words").getAttribute("value")).isEqualTo("an astronaut; a flag");
  }

  @Test
  void escapeLeavesThePhraseAsItWas(Browser browser) {
    Demo demo = Demo.open(browser);
    browser.requests();
    browser.find(".phrase[data-phrase='0'] [data-edit]").click();
    browser.press("something else", Keys.ESCAPE);
    assertThat(demo.phrases()).contains("A man");
    assertThat(browser.requests()).isEmpty();
  }

  @Test
  void selectedWordsOfTheCaptionAreLookedFor(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.ask("A woman beside a flag.");

    browser.script(
        """
        const words = document.querySelectorAll("#caption .words-of")[1].firstChild;
        getSelection().setBaseAndExtent(words, 3, words, 5); // in the middle of "flag"
        """);
    WebElement offer = browser.find(".offer:not([hidden])");
    assertThat(offer.getText()).isEqualTo("Find “flag”");
    offer.click();
    demo.settle();

    assertThat(demo.highlighted()).containsExactly("A woman", "flag");
    assertThat(browser.find("#caption .caption").getText()).contains("beside a flag");
  }

  private static void reword(Browser browser, String card, String words) {
    browser.find(card + " [data-edit]").click();
    browser.press(words, Keys.ENTER);
  }
}
