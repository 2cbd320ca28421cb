package io.deixis.service.pages;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NotFoundException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Headless Chromium before the pages of one server. */
final class Browser implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChromeDriver driver;
  private final URI server;
  private final Path downloads;

  private Browser(ChromeDriver driver, URI server, Path downloads) {
    this.driver = driver;
    this.server = server;
    this.downloads = downloads;
  }

  /**
   * Starts Chromium.
   *
   * @param chromium the browser's program
   * @param chromedriver its driver's program
   * @param server the address that relative addresses start from
   * @param scripts whether pages may run scripts
   */
  static Browser start(Path chromium, Path chromedriver, URI server, boolean scripts) {
    Path downloads = temporaryFolder();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toString());
    options.addArguments(
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars",
        "--use-fake-device-for-media-stream",
        "--lang=en");
    if (System.getProperty("user.name").equals("root")) {
      options.addArguments("--no-sandbox"); // which refuses to work for root
    }
    options.setExperimentalOption(
        "prefs",
        Map.of(
            "download.default_directory",
            downloads.toString(),
            "profile.managed_default_content_settings.javascript",
            scripts ? 1 : 2));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.toFile())
            .withSilent(true)
            .build();
    return new Browser(new ChromeDriver(service, options), server, downloads);
  }

  /** Leaves the page and forgets what earlier tests did. */
  void reset() {
    driver.get("about:blank");
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
    media(Map.of());
    resize(1280, 900);
    performanceLog();
    driver.manage().logs().get(LogType.BROWSER);
  }

  /** Returns the driver, for what this class has no word for. */
  ChromeDriver driver() {
    return driver;
  }

  /** Goes to {@code path} of the server and waits until it is loaded. */
  void open(String path) {
    driver.get(server.resolve(path).toString());
  }

  /** Returns the one element that {@code selector} (CSS) finds, waiting for it. */
  WebElement find(String selector) {
    return until(page -> page.findElement(By.cssSelector(selector)));
  }

  /** Returns every element that {@code selector} (CSS) finds now. */
  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Waits until {@code condition} gives neither null nor false, and returns what it gives. */
  <T> T until(Function<ChromeDriver, T> condition) {
    return new WebDriverWait(driver, PATIENCE, BETWEEN_LOOKS)
        .ignoring(NotFoundException.class)
        .ignoring(StaleElementReferenceException.class)
        .until(page -> condition.apply(driver));
  }

  /** Presses keys, one after the other, wherever the focus is. */
  void press(CharSequence... keys) {
    Actions actions = new Actions(driver);
    for (CharSequence key : keys) {
      actions.sendKeys(key);
    }
    actions.perform();
  }

  /** Presses the tabulator until {@code selector} matches what has the focus. */
  WebElement tabTo(String selector) {
    for (int i = 0; i < 200; i++) {
      WebElement focused = driver.switchTo().activeElement();
      if (matches(focused, selector)) {
        return focused;
      }
      press(Keys.TAB);
    }
    throw new AssertionError("The tabulator never reaches " + selector);
  }

  private boolean matches(WebElement element, String selector) {
    return (boolean)
        driver.executeScript("return arguments[0].matches(arguments[1])", element, selector);
  }

  /** Runs {@code script} in the page and returns what it returns. */
  @SuppressWarnings("unchecked")
  <T> T script(String script, Object... arguments) {
    return (T) driver.executeScript(script, arguments);
  }

  /** Makes the page {@code width} by {@code height} CSS pixels. */
  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Makes the page dark. */
  void dark() {
    media(Map.of("prefers-color-scheme", "dark"));
  }

  /** Sets media features, such as {@code prefers-color-scheme}; those not named are as usual. */
  void media(Map<String, String> features) {
    List<Map<String, String>> list =
        features.entrySet().stream()
            .map(feature -> Map.of("name", feature.getKey(), "value", feature.getValue()))
            .toList();
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", list));
  }

  /** Returns the addresses requested from a server since this was last asked, in order. */
  List<String> requests() {
    return performanceLog()
        .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
        .map(event -> event.at("/params/request/url").asText())
        .filter(url -> url.startsWith("http"))
        .toList();
  }

  /** Returns what the driver saw of the network since this was last asked. */
  Stream<JsonNode> performanceLog() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(
            entry -> {
              try {
                return JSON.readTree(entry.getMessage()).path("message");
              } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
              }
            });
  }

  /** Returns what the console was told since this was last asked: refused scripts, failed loads. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  /**
   * Returns the faults of accessibility that axe-core calls serious or critical.
   *
   * @param rules those to go by; all of them if none is named
   */
  List<String> seriousFaults(String... rules) {
    AxeBuilder axe = new AxeBuilder();
    if (rules.length > 0) {
      axe.withRules(List.of(rules));
    }
    List<String> faults = new ArrayList<>();
    for (Rule rule : axe.analyze(driver).getViolations()) {
      if (rule.getImpact().equals("serious") || rule.getImpact().equals("critical")) {
        rule.getNodes()
            .forEach(
                node ->
                    faults.add(rule.getId() + " at " + node.getTarget() + ": " + node.getHtml()));
      }
    }
    return faults;
  }

  /** Returns by how much the page's parts moved while it loaded: Cumulative Layout Shift. */
  double layoutShift() {
    Number shift =
        (Number)
            driver.executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                let sum = 0;
                new PerformanceObserver((list) => {
                  for (const entry of list.getEntries()) sum += entry.value;
                }).observe({ type: "layout-shift", buffered: true });
                setTimeout(() => done(sum), 300);
                """);
    return shift.doubleValue();
  }

  /** Returns the folder that downloads go to. */
  Path downloads() {
    return downloads;
  }

  /** Takes a picture of the whole page into {@code target/screenshots/NAME.png}. */
  void screenshot(String name) {
    Map<String, Object> sizes = driver.executeCdpCommand("Page.getLayoutMetrics", Map.of());
    Map<?, ?> content = (Map<?, ?>) sizes.get("cssContentSize");
    picture(
        name,
        Map.of(
            "captureBeyondViewport",
            true,
            "clip",
            Map.of(
                "x",
                0,
                "y",
                0,
                "width",
                content.get("width"),
                "height",
                content.get("height"),
                "scale",
                1)));
  }

  /** Takes a picture of what is in the window into {@code target/screenshots/NAME.png}. */
  void screenshotOfWindow(String name) {
    picture(name, Map.of());
  }

  private void picture(String name, Map<String, Object> options) {
    Map<String, Object> picture = driver.executeCdpCommand("Page.captureScreenshot", options);
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(
          SCREENSHOTS.resolve(name + ".png"),
          Base64.getDecoder().decode((String) picture.get("data")));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("deixis-downloads").toRealPath();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
