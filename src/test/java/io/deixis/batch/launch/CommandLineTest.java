package io.deixis.batch.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.ExitStatus;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line as the runtime wires it, on a grounder that answers by rule. */
@QuarkusTest
class CommandLineTest {

  @Inject CommandLine.IFactory factory;
  @Inject ObjectMapper mapper;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private Path photo;

  @BeforeEach
  void writePhoto() throws IOException {
    photo = folder.resolve("photo.png");
    ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", photo.toFile());
  }

  private int execute(String... arguments) {
    return DeixisCommand.commandLine(factory).setOut(new PrintWriter(out, true)).execute(arguments);
  }

  @Test
  void printsAnswersAsOneDocument() throws IOException {
    Files.writeString(folder.resolve("text.jpg"), "no image");

    int status = execute("ground", folder.toString(), "a cat", "--json");

    assertThat(status).isEqualTo(ExitStatus.INPUT.code());
    JsonNode images = mapper.readTree(out.toString()).get("images");
    assertThat(images).hasSize(2);
    assertThat(images.get(0).get("file").asText()).endsWith("photo.png");
    assertThat(images.get(0).at("/answer/image/width").asInt()).isEqualTo(64);
    assertThat(images.get(0).at("/answer/phrases/0/text").asText()).isEqualTo("a cat");
    assertThat(images.get(1).get("error").asText()).contains("not of an image");
    assertThat(images.get(1).has("answer")).isFalse();
  }

  @Test
  void drawsIntoAFile() throws IOException {
    Path svg = folder.resolve("out.svg");

    assertThat(execute("ground", photo.toString(), "a cat", "--svg", svg.toString())).isZero();

    assertThat(Files.readString(svg)).startsWith("<?xml").contains("data:image/png", "a cat");
  }

  @Test
  void drawsSeveralImagesIntoAFolder() throws IOException {
    Path other = Files.copy(photo, folder.resolve("other.png"));
    Path drawings = folder.resolve("drawings");

    assertThat(
            execute(
                "ground",
                photo.toString(),
                other.toString(),
                "a cat",
                "--svg",
                drawings.toString()))
        .isZero();

    assertThat(drawings.resolve("photo.png.svg")).exists();
    assertThat(drawings.resolve("other.png.svg")).exists();
  }

  @Test
  void helpListsCommandsAndExitCodes() {
    assertThat(execute("--help")).isZero();

    assertThat(out.toString()).contains("serve", "ground", "doctor", "Exit codes:");
    for (ExitStatus status : ExitStatus.values()) {
      assertThat(out.toString()).contains(status.meaning());
    }
  }
}
