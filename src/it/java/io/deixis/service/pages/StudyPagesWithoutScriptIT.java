package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** Thresholds, evaluations and trainings where no script runs. */
@BrowserTest(scripts = false)
class StudyPagesWithoutScriptIT {

  @Test
  void thresholdsAreSavedByTheForm(Browser browser) {
    browser.open("/settings");
    String before = browser.find(".common [data-figure=recall]").getText();
    browser.find("#all").sendKeys(Keys.HOME);
    browser.find("#type-people").sendKeys(Keys.END);
    browser.find("input[value=people]").click();
    browser.find("form.thresholds .button").click();

    browser.until(page -> browser.find("[name=reset]").isEnabled());
    assertThat(browser.find(".common output").getText()).isEqualTo("0.00");
    assertThat(browser.find(".common [data-figure=recall]").getText())
        .isEqualTo("1.000")
        .isNotEqualTo(before);
    assertThat(browser.find("#type-people").getDomProperty("value")).isEqualTo("1");
    assertThat(browser.find("input[value=people]").isSelected()).isTrue();
    assertThat(browser.find("input[value=animals]").isSelected()).isFalse();
  }

  @Test
  void imagesAndPhrasesAreLinks(Browser browser) {
    browser.open("/evaluations");
    browser.find("main table a").click();
    browser.find(".steps a[rel=next]").click();
    browser.until(page -> browser.find(".position").getText().equals("2 of 60"));
    browser.all(".caption-block li a").get(2).click();
    browser.until(
        page -> browser.all(".stages g.chosen").get(0).getDomAttribute("data-phrase").equals("2"));

    new Select(browser.find("[name=outcome]")).selectByValue("hit");
    browser.find(".filters [value=side]").sendKeys(Keys.SPACE);
    browser.find(".filters button").click();

    browser.until(page -> browser.find(".summary p").getText().contains("hit 100.0 %"));
    assertThat(browser.all(".stages.side")).hasSize(1);
  }

  @Test
  void trainingIsShownAsItStands(Browser browser) {
    browser.open("/training?run=first");
    assertThat(browser.find("#state h3").getText()).contains("matching");
    assertThat(browser.all("#state svg.chart")).isNotEmpty();
  }
}
