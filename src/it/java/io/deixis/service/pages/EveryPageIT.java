package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every page. A new page is added to the list. */
@BrowserTest
class EveryPageIT {

  /** What is rounded away: nothing moves, even if a page is painted while it comes. */
  private static final double NO_SHIFT = 0.001;

  /** The pages by the names of their screenshots. */
  private static final Map<String, String> PAGES =
      Map.of(
          "demo", "/",
          "problems", "/problems",
          "settings", "/settings",
          "model", "/models",
          "evaluations", "/evaluations",
          "evaluation", "/evaluations/made-up",
          "training", "/training",
          "nothing", "/nothing");

  static Stream<String> names() {
    return PAGES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isAccessibleAndLoadsWithoutComplaint(String name, Browser browser) {
    browser.open(PAGES.get(name));
    browser.screenshot(name);
    // That there is nothing is what the last of them is about.
    assertThat(browser.console())
        .allMatch(complaint -> complaint.contains("/nothing - Failed to load resource"));
    assertThat(browser.seriousFaults()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasContrastInTheDark(String name, Browser browser) {
    browser.dark();
    browser.open(PAGES.get(name));
    browser.screenshot(name + "-dark");
    assertThat(browser.seriousFaults("color-contrast")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void fitsEveryScreen(String name, Browser browser) {
    browser.resize(320, 640);
    browser.open(PAGES.get(name));
    browser.screenshot(name + "-320");
    assertThat(contentWidth(browser)).isLessThanOrEqualTo(320);
    browser.resize(3840, 2160);
    browser.screenshotOfWindow(name + "-4k");
    assertThat(contentWidth(browser)).isLessThanOrEqualTo(3840);
  }

  @ParameterizedTest
  @MethodSource("names")
  void tablesFitATablet(String name, Browser browser) {
    browser.resize(768, 1024);
    browser.open(PAGES.get(name));
    browser.screenshot(name + "-768");
    List<String> cut =
        browser.script(
            """
            return [...document.querySelectorAll(".scroll, .prose table")]
                .filter((table) => table.scrollWidth > table.clientWidth)
                .map((table) => table.textContent.trim());
            """);
    assertThat(cut).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void doesNotMoveAsItLoads(String name, Browser browser) {
    browser.open(PAGES.get(name));
    assertThat(browser.layoutShift()).isLessThan(NO_SHIFT);
  }

  @ParameterizedTest
  @MethodSource("names")
  void headsOfTablesStayInTheirColumns(String name, Browser browser) {
    browser.open(PAGES.get(name));
    List<String> tooWide =
        browser.script(
            """
            return [...document.querySelectorAll("thead th")]
                .filter((head) => head.scrollWidth > head.clientWidth)
                .map((head) => head.textContent);
            """);
    assertThat(tooWide).isEmpty();
  }

  private static long contentWidth(Browser browser) {
    return browser.script("return document.documentElement.scrollWidth");
  }
}
