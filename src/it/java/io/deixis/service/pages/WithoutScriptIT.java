package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** The demo page in a browser that runs no script. */
@BrowserTest(scripts = false)
class WithoutScriptIT {

  @Test
  void theWholePath(Browser browser) {
    browser.open("/");
    assertThat(browser.all(".phrase")).hasSizeGreaterThan(2);
    assertThat(browser.all("#stage .boxes > rect:not([visibility=hidden])")).isNotEmpty();
    assertThat(browser.all(".with-script")).noneMatch(WebElement::isDisplayed);
    browser.screenshot("demo-without-script");

    browser.find(".example[href$=two-mugs]").click();
    browser.until(page -> page.getCurrentUrl().endsWith("example=two-mugs"));
    assertThat(browser.find("#words").getAttribute("value")).contains("mugs");
    assertThat(browser.find("#stage .photo").getAttribute("src")).endsWith("two-mugs.jpg");

    browser.find("#photo").sendKeys(PhotoFiles.COFFEE.toAbsolutePath().toString());
    browser.find("#words").clear();
    browser.find("#words").sendKeys("a red cup; a plate");
    browser.find("#question button[type=submit]").click();
    browser.find("#stage .photo[src^='data:image/jpeg']");
    assertThat(browser.all(".phrase")).hasSize(2);
    assertThat(browser.find("#stage .boxes").getDomAttribute("viewBox")).isEqualTo("0 0 600 400");
    assertThat(browser.find("#json").getAttribute("textContent")).contains("\"a red cup\"");
  }

  @Test
  void refusalIsASentence(Browser browser) {
    browser.open("/");
    browser.find("#words").clear();
    browser.find("#words").sendKeys("[/EN#1/people A man");
    browser.find("#question button[type=submit]").click();
    assertThat(browser.find("#problem [role=alert]").getText()).contains("markup");
    assertThat(browser.find("#words").getAttribute("value")).isEqualTo("[/EN#1/people A man");
  }
}
