package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The demo page by keyboard alone. */
@BrowserTest
class KeyboardIT {

  @Test
  void theWholePathWithoutAPointer(Browser browser) {
    Demo demo = Demo.open(browser);

    // The first stop leaves the navigation out.
    browser.press(Keys.TAB, Keys.ENTER);
    assertThat((String) browser.script("return document.activeElement.id")).isEqualTo("main");

    browser.tabTo(".example[href$=burger-and-fries]");
    browser.press(Keys.ENTER);
    demo.settle();
    browser.until(page -> demo.phrases().contains("A burger"));

    browser.tabTo("#words").sendKeys(Keys.chord(Keys.CONTROL, "a"), "A cup beside a spoon.");
    browser.tabTo("#question button[type=submit]");
    browser.press(Keys.ENTER);
    demo.settle();
    assertThat(demo.highlighted()).containsExactly("A cup", "a spoon");

    WebElement words = browser.tabTo("#caption [data-phrase='0'] .words-of");
    browser.press(Keys.ENTER);
    assertThat(words.getAttribute("aria-pressed")).isEqualTo("true");
    assertThat(browser.find("#answer").getAttribute("data-held")).isEqualTo("0");
    browser.press(Keys.ESCAPE);
    assertThat(words.getAttribute("aria-pressed")).isEqualTo("false");

    double before = Double.parseDouble(browser.tabTo("#threshold").getAttribute("value"));
    browser.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    assertThat(Double.parseDouble(browser.find("#threshold").getAttribute("value")))
        .isLessThan(before);
    browser.tabTo(".mark-name");
    browser.press(Keys.SPACE);
    assertThat(Double.parseDouble(browser.find("#threshold").getAttribute("value")))
        .isEqualTo(Double.parseDouble(browser.find(".mark-name").getAttribute("value")));

    browser.tabTo(".phrase[data-phrase='1'] [data-edit]");
    browser.press(Keys.ENTER);
    browser.press("the saucer", Keys.ENTER);
    demo.settle();
    assertThat(demo.phrases()).containsExactly("A cup", "the saucer");

    browser.tabTo(".phrase[data-phrase='0'] [data-leave-out]");
    browser.press(Keys.ENTER);
    assertThat(demo.phrases()).containsExactly("the saucer");
    assertThat(browser.driver().switchTo().activeElement().getAttribute("aria-label"))
        .isEqualTo("Leave out “the saucer”");

    browser.tabTo("#caption [data-phrase='1'] .words-of");
    browser.press(Keys.DELETE);
    assertThat(demo.phrases()).isEmpty();
    assertThat((String) browser.script("return document.activeElement.id")).isEqualTo("words");
  }

  @Test
  void everyStopCanBeSeen(Browser browser) {
    Demo.open(browser);
    for (int stop = 0; stop < 40; stop++) {
      browser.press(Keys.TAB);
      Boolean marked =
          browser.script(
              """
              const focused = document.activeElement;
              if (focused === document.body) return true;
              const marks = [focused, focused.parentElement].map((one) => getComputedStyle(one));
              return marks.some((style) =>
                (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) ||
                style.boxShadow !== "none");
              """);
      assertThat(marked)
          .as(browser.driver().switchTo().activeElement().getAttribute("outerHTML"))
          .isTrue();
    }
  }
}
