package io.deixis.service.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The demo page as a person handles it. */
final class Demo {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Browser browser;

  private Demo(Browser browser) {
    this.browser = browser;
  }

  /** Opens the page with the couple on the bench and waits until its script runs. */
  static Demo open(Browser browser) {
    return openExample(browser, "couple-on-bench");
  }

  /** Opens the page with an example and waits until its script runs. */
  static Demo openExample(Browser browser, String id) {
    return open(browser, "/?example=" + id);
  }

  /** Opens the page at an address and waits until its script runs. */
  static Demo open(Browser browser, String path) {
    browser.open(path);
    Demo demo = new Demo(browser);
    browser.find(".name[role=button]");
    return demo;
  }

  /** Types words, presses Enter and waits for the answer. */
  void ask(String words) {
    WebElement field = browser.find("#words");
    field.clear();
    field.sendKeys(words, Keys.ENTER);
    settle();
  }

  /** Chooses photos of the disk, as the file chooser would. */
  void choose(Path... photos) {
    // The driver adds to what is chosen; the file chooser begins anew.
    browser.script("document.getElementById('photo').value = ''");
    browser
        .find("#photo")
        .sendKeys(
            Arrays.stream(photos)
                .map(photo -> photo.toAbsolutePath().toString())
                .collect(Collectors.joining("\n")));
    settle();
  }

  /** Waits until nothing is being asked. */
  void settle() {
    browser.until(page -> !(boolean) browser.script("return document.body.matches('.asking')"));
  }

  /** Moves the slider as dragging it would. */
  void threshold(double value) {
    browser.script(
        """
        const slider = document.getElementById("threshold");
        slider.value = arguments[0];
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        slider.dispatchEvent(new Event("change", { bubbles: true }));
        """,
        value);
  }

  /** Returns the names in the list of phrases. */
  List<String> phrases() {
    return texts(".phrase .name");
  }

  /** Returns the names of the phrases that are not in the picture. */
  List<String> absent() {
    return texts(".phrase.absent .name");
  }

  /** Returns the names of the phrases that are found. */
  List<String> found() {
    return texts(".phrase.found .name");
  }

  /** Returns the names of the phrases that the model is unsure of. */
  List<String> unsure() {
    return texts(".phrase.unsure .name");
  }

  /** Returns the phrases that are highlighted in the caption. */
  List<String> highlighted() {
    return texts("#caption .words-of");
  }

  private List<String> texts(String selector) {
    return browser.all(selector).stream().map(WebElement::getText).toList();
  }

  /** Returns how many boxes are to be seen on the photo. */
  int visibleBoxes() {
    return browser.all("#stage .boxes > rect:not([visibility=hidden])").size();
  }

  /** Returns the answer as JSON. */
  JsonNode json() {
    try {
      return JSON.readTree(browser.find("#json").getAttribute("textContent"));
    } catch (JsonProcessingException broken) {
      throw new AssertionError("The page shows no JSON", broken);
    }
  }

  /** Returns the sentence of a problem, waiting for it. */
  String problem() {
    return browser.find("#problem [role=alert]").getText();
  }
}
