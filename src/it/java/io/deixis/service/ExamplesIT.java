package io.deixis.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The programs in {@code examples/}, run as their first lines say, and the README's questions. */
class ExamplesIT {

  private static final String PHOTO = "web/public/examples/yellow-taxis.jpg";

  private static PackagedProcess server;

  @BeforeAll
  static void start() throws Exception {
    server = PackagedProcess.worker("example-programs");
    server.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  /** Runs a program and returns what it printed, its error stream included. */
  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Path.of(folder, program).toFile().canExecute());
  }

  @Test
  void curl() throws Exception {
    assumeTrue(isThere("curl"));

    JsonNode answer =
        new ObjectMapper()
            .readTree(run("examples/ground.sh", server.url().toString(), PHOTO, "a yellow taxi"));

    assertThat(answer.at("/phrases/0/text").asText()).isEqualTo("a yellow taxi");
    assertThat(answer.at("/phrases/0/boxes/0/box")).hasSize(4);
  }

  @Test
  void firstQuestionsOfTheReadme() throws Exception {
    assumeTrue(isThere("curl"));
    String readme = Files.readString(Path.of("README.md"));
    int begin = readme.indexOf("ask() {");
    String questions =
        readme
            .substring(begin, readme.indexOf("```", begin))
            .replace("http://localhost:8080", server.url().toString());

    String out = run("bash", "-c", questions);

    List<String> told = new ArrayList<>();
    new ObjectMapper()
        .readerFor(JsonNode.class)
        .<JsonNode>readValues(out)
        .forEachRemaining(
            answer ->
                answer
                    .path("phrases")
                    .forEach(
                        p -> told.add(p.path("text").asText() + ": " + p.path("state").asText())));
    assertThat(told)
        .containsExactly(
            "a horse: found",
            "a jockey: found",
            "the man riding the horse: found",
            "a yellow taxi: found",
            "a bicycle: absent");
  }

  @Test
  void python() throws Exception {
    assumeTrue(isThere("python3"));

    String out =
        run(
            "python3",
            "examples/ground.py",
            server.url().toString(),
            PHOTO,
            "a yellow taxi",
            "a bicycle");

    assertThat(out.lines()).anyMatch(line -> line.matches("a yellow taxi 0\\.\\d+( \\d+){4}"));
    assertThat(out).contains("a bicycle is absent");
  }

  @Test
  void javaWithoutAServer() throws Exception {
    Path application = Path.of(System.getProperty("deixis.packaged.full"));
    List<String> libraries = new ArrayList<>();
    for (String folder : List.of("app", "lib/main", "lib/boot")) {
      libraries.add(application.resolve(folder).resolve("*").toString());
    }

    String out =
        run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            String.join(File.pathSeparator, libraries),
            "examples/Embed.java",
            PHOTO,
            "a yellow taxi",
            "a bicycle");

    assertThat(out.lines()).anyMatch(line -> line.matches("a yellow taxi 0\\.\\d+( \\d+){4}"));
    assertThat(out).contains("a bicycle is not found");
  }
}
