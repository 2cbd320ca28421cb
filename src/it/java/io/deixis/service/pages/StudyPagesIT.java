package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.deixis.service.StudyFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** Thresholds, evaluations and trainings with a running script. */
@BrowserTest
class StudyPagesIT {

  private static final String LOOP = "/evaluations/made-up";

  @Test
  void sliderTellsWhatItsThresholdBuysWithoutAsking(Browser browser) {
    browser.open("/settings");
    String threshold = browser.find(".common output").getText();
    String precision = figure(browser, "precision");
    String recall = figure(browser, "recall");
    String line = guide(browser);
    browser.requests();

    for (int i = 0; i < 20; i++) {
      browser.find("#all").sendKeys(Keys.ARROW_RIGHT);
    }

    assertThat(Double.parseDouble(browser.find(".common output").getText()))
        .isEqualTo(Double.parseDouble(threshold) + 0.2, offset(1e-9));
    assertThat(Double.parseDouble(figure(browser, "precision")))
        .isGreaterThan(Double.parseDouble(precision));
    assertThat(Double.parseDouble(figure(browser, "recall")))
        .isLessThan(Double.parseDouble(recall));
    assertThat(guide(browser)).isNotEqualTo(line);
    assertThat(browser.requests()).isEmpty();
  }

  @Test
  void typesFollowTheCommonThresholdUntilTheyHaveTheirOwn(Browser browser) {
    browser.open("/settings");
    browser.find("#all").sendKeys(Keys.END);
    assertThat(browser.find("#type-people").getDomProperty("value")).isEqualTo("1");

    browser.find("#type-people").sendKeys(Keys.ARROW_LEFT);
    browser.find("#all").sendKeys(Keys.HOME);

    assertThat(browser.find("#type-people").getDomProperty("value")).isEqualTo("0.99");
    assertThat(browser.find("#type-animals").getDomProperty("value")).isEqualTo("0");
    assertThat(browser.find("input[value=people]").isSelected()).isTrue();
  }

  @Test
  void savedThresholdsHoldUntilTheyAreReset(Browser browser) {
    browser.open("/settings");
    browser.find("#all").sendKeys(Keys.HOME);
    browser.find("form.thresholds .button").click();
    browser.until(page -> browser.find("[name=reset]").isEnabled());
    assertThat(browser.find("#all").getDomProperty("value")).isEqualTo("0");
    browser.screenshot("settings-own");

    browser.find("[name=reset]").click();

    browser.until(page -> !browser.find("[name=reset]").isEnabled());
    assertThat(browser.find("#all").getDomProperty("value")).isNotEqualTo("0");
  }

  @Test
  void arrowsStepThroughImagesAndPhrases(Browser browser) {
    browser.open(LOOP);
    assertThat(position(browser)).isEqualTo("1 of 60");
    String first = browser.driver().getCurrentUrl();

    browser.press(Keys.ARROW_RIGHT);
    browser.until(page -> position(browser).equals("2 of 60"));
    assertThat(browser.driver().getCurrentUrl()).isNotEqualTo(first);
    browser.press(Keys.ARROW_RIGHT);
    browser.until(page -> position(browser).equals("3 of 60"));
    browser.press(Keys.ARROW_LEFT);
    browser.until(page -> position(browser).equals("2 of 60"));
    browser.press(Keys.END);
    browser.until(page -> position(browser).equals("60 of 60"));
    browser.press(Keys.HOME);
    browser.until(page -> position(browser).equals("1 of 60"));

    int chosen = chosen(browser);
    browser.press(chosen == 0 ? Keys.ARROW_DOWN : Keys.ARROW_UP);
    int other = chosen(browser);
    assertThat(Math.abs(other - chosen)).isEqualTo(1);
    assertThat(browser.all(".stages g.chosen"))
        .hasSize(2)
        .allSatisfy(
            group ->
                assertThat(group.getDomAttribute("data-phrase")).isEqualTo(String.valueOf(other)));
  }

  @Test
  void addressOpensTheSameImageAndPhraseAgain(Browser browser) {
    browser.open(LOOP);
    browser.press(Keys.ARROW_RIGHT);
    browser.until(page -> position(browser).equals("2 of 60"));
    browser.all(".caption-block li").get(2).click();
    String image = browser.find(".steps .link").getText();
    String address = browser.driver().getCurrentUrl();
    assertThat(address).contains("phrase=2");

    browser.driver().get("about:blank");
    browser.driver().get(address);

    assertThat(browser.find(".steps .link").getText()).isEqualTo(image);
    assertThat(chosen(browser)).isEqualTo(2);
  }

  @Test
  void filtersNarrowAtOnceAndTheWayBackLeadsOut(Browser browser) {
    browser.open(LOOP);
    new Select(browser.find("[name=type]")).selectByValue("clothing");
    browser.until(page -> browser.find(".summary p").getText().startsWith("60 phrases"));
    assertThat(browser.driver().getCurrentUrl()).contains("type=clothing");

    browser.driver().navigate().back();

    browser.until(page -> browser.find(".summary p").getText().startsWith("181 phrases"));
  }

  @Test
  void viewIsKeptFromImageToImage(Browser browser) {
    browser.open(LOOP);
    assertThat(browser.all(".stages.side")).isEmpty();
    browser.press("v");
    browser.find(".stages.side");
    browser.screenshot("evaluation-side");
    browser.press(Keys.ARROW_RIGHT);
    browser.until(page -> position(browser).equals("2 of 60"));
    assertThat(browser.all(".stages.side")).hasSize(1);
  }

  @Test
  void trainingIsFollowedWithoutLoadingThePageAgain(Browser browser) throws IOException {
    Path metrics = PagesServer.TRAININGS.resolve("second/metrics.csv");
    browser.open("/training?run=second");
    browser.until(page -> !browser.find("#pulse").getText().isEmpty());
    String before = browser.find("#state h3").getText();
    browser.script("window.same = true");

    Files.writeString(metrics, StudyFolders.metricsRow(57), StandardOpenOption.APPEND);

    browser.until(page -> browser.find("#state h3").getText().contains("step 57"));
    assertThat(browser.find("#pulse").getText()).isEqualTo("live");
    assertThat(before).doesNotContain("step 57");
    assertThat(browser.<Boolean>script("return window.same")).isTrue();
  }

  private static String figure(Browser browser, String name) {
    return browser.find(".common [data-figure=" + name + "]").getText();
  }

  private static String guide(Browser browser) {
    return browser.find(".common .chart > .guide > .shape").getDomAttribute("d");
  }

  private static String position(Browser browser) {
    return browser.find(".steps .position").getText();
  }

  private static int chosen(Browser browser) {
    List<WebElement> phrases =
        browser.driver().findElements(By.cssSelector(".caption-block li.chosen"));
    assertThat(phrases).hasSize(1);
    return Integer.parseInt(phrases.get(0).getDomAttribute("data-phrase"));
  }
}
