package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.deixis.geometry.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A person's own photo: chosen, dropped, pasted; large, lying on its side, or none at all. */
@BrowserTest
class OwnPhotoIT {

  @TempDir Path folder;

  @Test
  void aChosenPhotoIsShownAndAsked(Browser browser) {
    Demo demo = Demo.open(browser);

    demo.choose(PhotoFiles.COFFEE);
    assertThat(browser.find("#words").getAttribute("value")).isEmpty();
    assertThat(browser.driver().switchTo().activeElement()).isEqualTo(browser.find("#words"));
    assertThat(browser.all(".phrase")).isEmpty();
    assertThat(browser.all(".example[aria-current]")).isEmpty();
    browser.until(
        page ->
            (boolean)
                browser.script(
                    "return document.querySelector('#stage .photo').naturalWidth === 600"));

    demo.ask("A red cup on a plate.");
    assertThat(demo.phrases()).containsExactly("A red cup", "a plate");
    assertThat(size(demo.json())).containsExactly(600, 400);
    assertThat((Long) browser.script("return document.querySelector('#stage .photo').naturalWidth"))
        .isEqualTo(600);
  }

  @Test
  void anotherPhotoIsAskedTheSameAtOnce(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.ask("A cup beside a spoon.");
    demo.choose(PhotoFiles.COFFEE);
    assertThat(size(demo.json())).containsExactly(600, 400);
    assertThat(demo.phrases()).containsExactly("A cup", "a spoon");
  }

  @Test
  void aPhotoIsDropped(Browser browser) {
    Demo demo = Demo.open(browser);
    WebElement zone = browser.find("#drop");
    drag(browser, zone, "dragEnter");
    drag(browser, zone, "dragOver");
    assertThat(zone.getAttribute("class")).contains("over");
    drag(browser, zone, "drop");
    browser.until(page -> zone.getAttribute("class").equals("own"));
    demo.ask("A cup.");
    assertThat(size(demo.json())).containsExactly(600, 400);
    assertThat((String) browser.script("return document.getElementById('photo').files[0].name"))
        .isEqualTo("coffee.jpg");
  }

  @Test
  void aPhotoIsPasted(Browser browser) {
    Demo demo = Demo.open(browser);
    browser
        .driver()
        .executeCdpCommand(
            "Browser.grantPermissions",
            Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    browser
        .driver()
        .executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            const image = new Image();
            image.src = "/examples/coffee.jpg";
            image.decode().then(() => {
              const canvas = document.createElement("canvas");
              canvas.width = 300;
              canvas.height = 200;
              canvas.getContext("2d").drawImage(image, 0, 0, 300, 200);
              canvas.toBlob((png) =>
                navigator.clipboard.write([new ClipboardItem({ "image/png": png })]).then(done));
            });
            """);
    browser.find(".example").sendKeys(Keys.chord(Keys.CONTROL, "v"));
    browser.until(page -> page.switchTo().activeElement().equals(browser.find("#words")));
    demo.ask("A cup.");
    assertThat(size(demo.json())).containsExactly(300, 200);
  }

  @Test
  void boxesOfALargePhotoAreInItsOwnPixels(Browser browser) throws IOException {
    Demo demo = Demo.open(browser);
    demo.choose(PhotoFiles.COFFEE);
    demo.ask("a plate");
    demo.threshold(0);
    Box small = best(demo.json());

    demo.choose(PhotoFiles.enlarged(folder.resolve("large.jpg"), 5));
    assertThat(size(demo.json())).containsExactly(3000, 2000);
    assertThat(best(demo.json()).iou(times(small, 5))).isGreaterThan(0.7);
    assertThat(browser.all("#problem [role=alert]")).isEmpty();
  }

  @Test
  void aPhotoOnItsSideIsUpright(Browser browser) throws IOException {
    Demo demo = Demo.open(browser);
    demo.choose(PhotoFiles.COFFEE);
    demo.ask("a plate");
    demo.threshold(0);
    Box upright = best(demo.json());

    for (int times : new int[] {1, 5}) { // sent as it is, and scaled
      demo.choose(PhotoFiles.enlargedOnItsSide(folder.resolve("turned" + times + ".jpg"), times));
      assertThat(size(demo.json())).containsExactly(600 * times, 400 * times);
      assertThat(best(demo.json()).iou(times(upright, times))).isGreaterThan(0.5);
      Long width = browser.script("return document.querySelector('#stage .photo').naturalWidth");
      assertThat(width).isEqualTo(600L * times);
    }
  }

  @Test
  void boxesLieOnThePhotoWhereverItIsFitted(Browser browser) {
    Demo demo = Demo.open(browser);
    demo.choose(PhotoFiles.COFFEE);
    demo.ask("a plate");
    for (int width : new int[] {400, 1280, 2600}) {
      browser.resize(width, 900);
      List<Number> places =
          browser.script(
              """
              const photo = document.querySelector("#stage .photo");
              const frame = photo.getBoundingClientRect();
              const scale = Math.min(frame.width / photo.naturalWidth,
                  frame.height / photo.naturalHeight);
              const left = frame.left + (frame.width - scale * photo.naturalWidth) / 2;
              const matrix = document.querySelector("#stage .boxes").getScreenCTM();
              return [left, scale, matrix.e, matrix.a];
              """);
      assertThat(places.get(2).doubleValue()).isCloseTo(places.get(0).doubleValue(), within(1.0));
      assertThat(places.get(3).doubleValue()).isCloseTo(places.get(1).doubleValue(), within(0.01));
    }
  }

  @Test
  void whatIsNoPhotoIsSaidToBeNone(Browser browser) throws IOException {
    Demo demo = Demo.open(browser);
    demo.ask("A cup.");
    demo.choose(Files.writeString(folder.resolve("notes.txt"), "no photo"));
    assertThat(demo.problem()).contains("JPEG").doesNotContain("Exception");
    browser.screenshotOfWindow("demo-problem");

    browser.find("#photos summary").click();
    browser.find(".example[href$=two-mugs]").click();
    demo.settle();
    assertThat(browser.all("#problem [role=alert]")).isEmpty();
    assertThat(demo.phrases()).isNotEmpty();
  }

  private static void drag(Browser browser, WebElement zone, String type) {
    browser
        .driver()
        .executeCdpCommand(
            "Input.dispatchDragEvent",
            Map.of(
                "type",
                type,
                "x",
                zone.getRect().x + 20,
                "y",
                zone.getRect().y + 20,
                "data",
                Map.of(
                    "items",
                    List.of(),
                    "files",
                    List.of(PhotoFiles.COFFEE.toAbsolutePath().toString()),
                    "dragOperationsMask",
                    1)));
  }

  private static List<Integer> size(JsonNode answer) {
    return List.of(answer.at("/image/width").asInt(), answer.at("/image/height").asInt());
  }

  private static Box best(JsonNode answer) {
    JsonNode box = answer.at("/phrases/0/boxes/0/box");
    return new Box(
        box.get(0).asDouble(), box.get(1).asDouble(), box.get(2).asDouble(), box.get(3).asDouble());
  }

  private static Box times(Box box, double scale) {
    return new Box(scale * box.x1(), scale * box.y1(), scale * box.x2(), scale * box.y2());
  }
}
