package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every page. A new page is added to the list. */
@BrowserTest
class EveryPageIT {

  /** The pages by the names of their screenshots. */
  private static final Map<String, String> PAGES =
      Map.of(
          "demo", "/",
          "problems", "/problems",
          "settings", "/settings",
          "model", "/models",
          "evaluations", "/evaluations",
          "evaluation", "/evaluations/made-up",
          "training", "/training");

  static Stream<String> names() {
    return PAGES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("names")
  void accessibleInLight(String name, Browser browser) {
    browser.open(PAGES.get(name));
    browser.screenshot(name);
    assertThat(browser.seriousFaults()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void accessibleInDark(String name, Browser browser) {
    browser.dark();
    browser.open(PAGES.get(name));
    browser.screenshot(name + "-dark");
    assertThat(browser.seriousFaults()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void accessibleAndNoWiderThanANarrowPhone(String name, Browser browser) {
    browser.resize(320, 640);
    browser.open(PAGES.get(name));
    browser.screenshot(name + "-320");
    Long width = browser.script("return document.documentElement.scrollWidth");
    assertThat(width).isLessThanOrEqualTo(320);
    assertThat(browser.seriousFaults()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void consoleStaysSilent(String name, Browser browser) {
    browser.open(PAGES.get(name));
    assertThat(browser.console()).isEmpty();
  }
}
