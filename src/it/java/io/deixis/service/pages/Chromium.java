package io.deixis.service.pages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives tests a browser: one server for all of them and one Chromium for each class. Parameters of
 * type {@link Browser} are resolved.
 */
final class Chromium implements ExecutionCondition, BeforeEachCallback, ParameterResolver {

  /** The environment variable that makes a missing Chromium a failure. */
  static final String REQUIRED = "DEIXIS_TEST_CHROMIUM_REQUIRED";

  private static final String MISSING =
      "Chromium is missing, so the pages' tests are skipped; to run them:"
          + " sudo apt-get install chromium chromium-driver";

  private static final Namespace NAMESPACE = Namespace.create(Chromium.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestMethod().isPresent() || installed()) {
      return ConditionEvaluationResult.enabled("Chromium is there");
    }
    if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
      throw new IllegalStateException(MISSING);
    }
    context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            MISSING,
            sentence -> {
              System.out.println(sentence);
              return sentence;
            });
    return ConditionEvaluationResult.disabled(MISSING);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    browser(context).reset();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return browser(context);
  }

  /** Kept for the class: it is closed when the class is done. */
  private static Browser browser(ExtensionContext context) {
    Class<?> testClass = context.getRequiredTestClass();
    return classContext(context)
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            testClass,
            type -> {
              boolean scripts =
                  AnnotationSupport.findAnnotation(testClass, BrowserTest.class)
                      .map(BrowserTest::scripts)
                      .orElse(true);
              return Browser.start(
                  command("chromium", "chromium-browser", "google-chrome").orElseThrow(),
                  command("chromedriver").orElseThrow(),
                  Server.SHARED.url(),
                  scripts);
            },
            Browser.class);
  }

  /** The server of all classes of this process; one who runs the tests may run each class alone. */
  private static final class Server {

    static final PagesServer SHARED = PagesServer.start();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SHARED::stop));
    }
  }

  private static ExtensionContext classContext(ExtensionContext context) {
    ExtensionContext found = context;
    while (found.getTestMethod().isPresent()) {
      found = found.getParent().orElseThrow();
    }
    return found;
  }

  private static boolean installed() {
    return command("chromium", "chromium-browser", "google-chrome").isPresent()
        && command("chromedriver").isPresent();
  }

  /** Returns the first of {@code names} that is a program on the path. */
  private static Optional<Path> command(String... names) {
    String[] folders = System.getenv().getOrDefault("PATH", "").split(":");
    return Arrays.stream(names)
        .flatMap(name -> Arrays.stream(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
