package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** The photo is what one sees: its size, several at once, and the camera. */
@BrowserTest
class PhotoFirstIT {

  private static final Path ASTRONAUT = Path.of("web/public/examples/astronaut.jpg");

  @Test
  void thePhotoIsMostOfTheWindow(Browser browser) {
    browser.resize(1440, 900);
    Demo demo = Demo.openExample(browser, "jockey-on-horse");
    demo.ask("a horse; a jockey"); // the README's first question: docs/demo.png is this picture
    browser.script("document.activeElement.blur()");
    browser.screenshotOfWindow("demo-1440");
    Map<String, Number> photo = place(browser);
    assertThat(photo.get("bottom").doubleValue()).isLessThanOrEqualTo(900);
    assertThat(photo.get("height").doubleValue()).isGreaterThan(550);
    assertThat(browser.find("#photos").getDomProperty("open")).isEqualTo("false");

    browser.resize(390, 844);
    browser.screenshotOfWindow("demo-phone");
    assertThat(place(browser).get("bottom").doubleValue()).isLessThanOrEqualTo(844);
  }

  @Test
  void thePhotoIsZoomedAndFitted(Browser browser) {
    Demo.open(browser);
    double fitted = boxWidth(browser);
    browser.find("[data-zoom=in]").click();
    assertThat(boxWidth(browser)).isCloseTo(1.5 * fitted, within(2.0));
    browser.find("[data-zoom=full]").click();
    assertThat(scale(browser)).isCloseTo(1, within(0.01));
    browser.press("0");
    assertThat(boxWidth(browser)).isCloseTo(fitted, within(1.0));
    browser.press("+", "+");
    assertThat(boxWidth(browser)).isGreaterThan(2 * fitted);
    browser.screenshotOfWindow("demo-zoomed");
    browser.find("[data-zoom=fit]").click();
    assertThat(boxWidth(browser)).isCloseTo(fitted, within(1.0));
  }

  @Test
  void twoFilesAreTwoPhotosWithTheSameWords(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.ask("a person");
    demo.choose(PhotoFiles.COFFEE, ASTRONAUT);
    List<WebElement> tiles =
        browser.until(
            page -> {
              List<WebElement> all = browser.all("#gallery .tile");
              boolean told =
                  all.stream().allMatch(tile -> tile.getText().strip().matches("[01]/1( \\?)?"));
              return all.size() == 2 && told ? all : null;
            });
    assertThat(demo.json().at("/image/width").asInt()).isEqualTo(600);
    browser.screenshotOfWindow("demo-gallery");

    assertThat(tiles.get(0).getDomAttribute("title"))
        .matches("Photo 1: .+; [01] of 1 found(, 1 unsure)?");
    tiles.get(1).click();
    assertThat(demo.json().at("/image/width").asInt()).isEqualTo(512);
    assertThat(demo.phrases()).containsExactly("a person");
    assertThat(browser.all(".tile[aria-current]")).containsExactly(tiles.get(1));

    browser.driver().navigate().refresh();
    browser.until(page -> demo.json().at("/image/width").asInt() == 512);
    assertThat(browser.all("#gallery .tile")).hasSize(2);
  }

  @Test
  void anOwnPhotoIsThereAfterReloadAndOnTheWayBack(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.choose(PhotoFiles.COFFEE);
    demo.ask("a cup");
    demo.ask("a spoon");
    browser.driver().navigate().refresh();
    browser.until(page -> demo.phrases().equals(List.of("a spoon")));
    assertThat(demo.json().at("/image/width").asInt()).isEqualTo(600);
    browser.driver().navigate().back();
    browser.until(page -> demo.phrases().equals(List.of("a cup")));
  }

  @Test
  void theCameraIsGroundedFrameByFrame(Browser browser) {
    Demo demo = Demo.open(browser);
    browser
        .driver()
        .executeCdpCommand(
            "Browser.grantPermissions", Map.of("permissions", List.of("videoCapture")));
    browser.find("#live").click();
    browser.find("#stage video");
    browser.find("#words").sendKeys("a clock");
    browser.find(".phrase .name");
    String first = browser.find(".provenance").getText();
    List<String> asked = new ArrayList<>();
    browser.until(page -> asked.addAll(browser.requests()) && asked.size() > 2);
    assertThat(first).contains("ms");
    browser.screenshotOfWindow("demo-camera");
    browser.find("#live").click();
    browser.find("#stage img.photo");
    demo.settle();
    browser.until(page -> demo.phrases().equals(List.of("a clock")));
    browser.requests();
    assertThat(browser.requests()).isEmpty();
  }

  private static Map<String, Number> place(Browser browser) {
    return browser.script(
        "return document.querySelector('#stage .photo').getBoundingClientRect().toJSON()");
  }

  private static double scale(Browser browser) {
    Number scale =
        browser.script("return document.querySelector('#stage .boxes').getScreenCTM().a");
    return scale.doubleValue();
  }

  private static double boxWidth(Browser browser) {
    Number width =
        browser.script(
            "return document.querySelector('#stage .boxes > rect').getBoundingClientRect().width");
    return width.doubleValue();
  }
}
