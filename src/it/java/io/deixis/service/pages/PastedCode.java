package io.deixis.service.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The code that the page offers, run as if it had been pasted into a terminal or a file. */
final class PastedCode {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> HOW =
      Map.of(
          "python", "cat > ask.py; python3 ask.py",
          "javascript", "cat > ask.mjs; node ask.mjs",
          "java", "cat > Ask.java; java Ask.java");

  private PastedCode() {}

  /**
   * Returns a shell command for each language that this machine runs; curl's is the code itself.
   */
  static Map<String, String> commands(Browser browser) throws IOException, InterruptedException {
    Map<String, String> commands = new LinkedHashMap<>();
    commands.put("curl", curl(browser));
    for (Map.Entry<String, String> language : HOW.entrySet()) {
      String program = language.getValue().split(" ")[3];
      if (new ProcessBuilder("which", program).start().waitFor() != 0) {
        System.out.println("Not tried, since it is not here: " + program);
        continue;
      }
      browser.find("[data-language=" + language.getKey() + "]").click();
      String code = browser.find("#code").getAttribute("textContent");
      commands.put(
          language.getKey(),
          language.getValue().replace(";", " <<'END_OF_CODE'\n" + code + "\nEND_OF_CODE\n"));
    }
    return commands;
  }

  /** Opens the part of the page that has the code, and returns that for curl. */
  static String curl(Browser browser) {
    browser.find("#code-details summary").click();
    return browser.until(
        page -> {
          String command = browser.find("#code").getAttribute("textContent");
          return command.isEmpty() ? null : command;
        });
  }

  /** Runs a command in a folder and returns the answer that it prints. */
  static JsonNode run(String command, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    File out = folder.resolve("answer.json").toFile();
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", command).directory(folder.toFile()).redirectOutput(out);
    shell.environment().putAll(environment);
    assertThat(shell.start().waitFor(60, TimeUnit.SECONDS)).isTrue();
    JsonNode answer = JSON.readTree(out);
    assertThat(answer.path("detail").asText()).as("problem").isEmpty();
    return answer;
  }
}
