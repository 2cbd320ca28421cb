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

    browser.find(".example[href$=chelsea]").click();
    browser.until(page -> page.getCurrentUrl().endsWith("example=chelsea"));
    assertThat(browser.find("#text").getText()).contains("cat");
    assertThat(browser.find("#stage .photo").getAttribute("src")).endsWith("chelsea.jpg");

    browser.find("#photo").sendKeys(PhotoFiles.COFFEE.toAbsolutePath().toString());
    browser.find("input[name=kind][value=phrases]").click();
    browser.find("#text").clear();
    browser.find("#text").sendKeys("a red cup\na plate");
    browser.find("#question button[type=submit]").click();
    browser.until(page -> browser.all(".phrase").size() == 2 ? true : null);
    assertThat(browser.find("#stage .photo").getAttribute("src")).startsWith("data:image/jpeg");
    assertThat(browser.find("#stage .boxes").getDomAttribute("viewBox")).isEqualTo("0 0 600 400");
    assertThat(browser.find("#json").getAttribute("textContent")).contains("\"a red cup\"");
  }

  @Test
  void refusalIsASentence(Browser browser) {
    browser.open("/");
    browser.find("input[name=kind][value=caption]").click();
    browser.find("#text").clear();
    browser.find("#text").sendKeys("[/EN#1/people A man");
    browser.find("#question button[type=submit]").click();
    assertThat(browser.find("#problem [role=alert]").getText()).contains("markup");
    assertThat(browser.find("#text").getText()).isEqualTo("[/EN#1/people A man");
  }
}
