package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The answer taken along: as JSON, COCO, SVG and PNG, and as a command. */
@BrowserTest
class ExportIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A script writes 172 where the interface writes 172.0. */
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) -> {
        boolean same =
            one.isNumber() && other.isNumber()
                ? one.doubleValue() == other.doubleValue()
                : one.equals(other);
        return same ? 0 : 1;
      };

  @TempDir Path folder;

  @Test
  void jsonIsWhatThePageShows(Browser browser) throws IOException {
    Demo demo = Demo.open(browser);
    demo.threshold(0.2);
    assertThat(JSON.readTree(saved(browser, "json").toFile())).isEqualTo(demo.json());
  }

  @Test
  void cocoHasEveryVisibleBox(Browser browser) throws IOException {
    Demo demo = Demo.open(browser);
    demo.threshold(0.1);
    browser.find(".phrase[data-phrase='1'] [data-leave-out]").click();

    JsonNode results = JSON.readTree(saved(browser, "coco").toFile());
    assertThat(results).hasSize(demo.visibleBoxes());
    JsonNode first = results.get(0);
    JsonNode box = demo.json().at("/phrases/0/boxes/0/box");
    assertThat(first.path("image_id").asInt()).isEqualTo(1);
    assertThat(first.path("category_id").asInt()).isEqualTo(1);
    assertThat(first.path("phrase").asText()).isEqualTo("A man");
    assertThat(first.at("/bbox/0")).isEqualTo(box.get(0));
    assertThat(first.at("/bbox/2").asDouble())
        .isCloseTo(box.get(2).asDouble() - box.get(0).asDouble(), within(0.051));
    assertThat(results.findValuesAsText("phrase")).doesNotContain("a dark blue jacket");
  }

  @Test
  void svgStandsByItself(Browser browser) throws Exception {
    Demo demo = Demo.open(browser);
    demo.threshold(0.1);

    DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
    parsers.setNamespaceAware(true);
    Document svg = parsers.newDocumentBuilder().parse(saved(browser, "svg").toFile());
    assertThat(svg.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 960 640");
    NodeList images = svg.getElementsByTagNameNS("*", "image");
    assertThat(((Element) images.item(0)).getAttribute("href"))
        .startsWith("data:image/jpeg;base64,");
    // Of each box its outline and the ground of its label.
    assertThat(svg.getElementsByTagNameNS("*", "rect").getLength())
        .isEqualTo(2 * demo.visibleBoxes());
    assertThat(svg.getElementsByTagNameNS("*", "title").item(0).getTextContent())
        .startsWith("A man; ");
  }

  @Test
  void pngHasTheBoxesInThePhotosOwnPixels(Browser browser) throws IOException {
    Demo demo = Demo.open(browser);
    demo.choose(PhotoFiles.enlarged(folder.resolve("large.jpg"), 4));
    demo.ask("a plate");
    demo.threshold(0);
    JsonNode box = demo.json().at("/phrases/0/boxes/0/box");

    BufferedImage drawn = ImageIO.read(saved(browser, "png").toFile());
    assertThat(drawn.getWidth()).isEqualTo(2400);
    assertThat(drawn.getHeight()).isEqualTo(1600);
    int middle = (box.get(1).asInt() + box.get(3).asInt()) / 2;
    // The first phrase is orange, #e69f00, its outline solid.
    Color outline = new Color(drawn.getRGB(box.get(0).asInt(), middle));
    assertThat(outline.getRed()).isCloseTo(0xe6, within(3));
    assertThat(outline.getGreen()).isCloseTo(0x9f, within(3));
    assertThat(outline.getBlue()).isLessThan(4);
  }

  @Test
  void commandForAnExampleAnswersTheSame(Browser browser) throws Exception {
    Demo demo = Demo.open(browser);
    demo.ask("A woman's face beside \"the flag\", $HOME and `ls`.");
    demo.threshold(0.25);
    assertSameAnswer(demo, run(PastedCode.curl(browser)));
  }

  @Test
  void copiedCommandAnswersTheSame(Browser browser) throws Exception {
    Demo demo = Demo.open(browser);
    browser
        .driver()
        .executeCdpCommand(
            "Browser.grantPermissions",
            Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    browser.find("#code-details summary").click();
    WebElement button = browser.find("[data-copy=code]");
    button.click();
    browser.until(page -> button.getText().equals("Copied"));
    String copied =
        (String)
            browser
                .driver()
                .executeAsyncScript("navigator.clipboard.readText().then(arguments[0])");
    assertSameAnswer(demo, run(copied));
  }

  @Test
  void commandForAPhotoOfTheDiskAnswersTheSame(Browser browser) throws Exception {
    Path photo = folder.resolve("my cup; it's \"red\", mostly.jpg");
    Files.copy(PhotoFiles.COFFEE, photo);
    Demo demo = Demo.open(browser);
    demo.choose(photo);
    demo.ask("a red cup; @plate; <spoon>");
    assertThat(demo.json().path("phrases")).hasSize(3);
    assertSameAnswer(demo, run(PastedCode.curl(browser)));
  }

  @Test
  void codeInEveryLanguageAnswersTheSame(Browser browser) throws Exception {
    Demo demo = Demo.open(browser);
    demo.ask("a man; the woman's \"scarf\"; caf\u00e9 \\ $HOME");
    demo.threshold(0.25);
    assertCodeAnswersTheSame(browser, demo);
  }

  @Test
  void codeForAPhotoOfTheDiskAnswersTheSame(Browser browser) throws Exception {
    Path photo = folder.resolve("my \"red\" cup.jpg");
    Files.copy(PhotoFiles.COFFEE, photo);
    Demo demo = Demo.open(browser);
    demo.choose(photo);
    demo.ask("A cup beside a spoon.");
    demo.threshold(0.25);
    assertCodeAnswersTheSame(browser, demo);
  }

  private void assertCodeAnswersTheSame(Browser browser, Demo demo) throws Exception {
    for (String command : PastedCode.commands(browser).values()) {
      assertSameAnswer(demo, run(command));
    }
  }

  @Test
  void commandForChosenWordsAsksThem(Browser browser) throws Exception {
    Demo demo = Demo.open(browser);
    browser.find(".phrase[data-phrase='0'] [data-leave-out]").click();
    JsonNode answer = run(PastedCode.curl(browser));
    assertThat(answer.findValuesAsText("text"))
        .isEqualTo(demo.json().findValuesAsText("text"))
        .doesNotContain("A man");
  }

  private static void assertSameAnswer(Demo demo, JsonNode answer) {
    JsonNode shown = demo.json();
    assertThat(answer.path("image")).isEqualTo(shown.path("image"));
    assertThat(answer.path("phrases").equals(BY_VALUE, shown.path("phrases")))
        .as("%s is %s", answer, shown)
        .isTrue();
  }

  private JsonNode run(String command) throws IOException, InterruptedException {
    return PastedCode.run(command, folder, Map.of());
  }

  private static Path saved(Browser browser, String kind) throws IOException {
    for (File earlier : browser.downloads().toFile().listFiles()) {
      Files.delete(earlier.toPath());
    }
    browser.find("[data-save=" + kind + "]").click();
    return browser.until(
        page -> {
          File[] files =
              browser.downloads().toFile().listFiles((dir, name) -> name.startsWith("deixis"));
          return files.length == 1 && !files[0].getName().endsWith("crdownload")
              ? files[0].toPath()
              : null;
        });
  }
}
