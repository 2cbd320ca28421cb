package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.answers.AnnotatedSvg;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.Query;
import io.deixis.grounding.Threshold;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroundCommandTest {

  private static final GroundingLimits LIMITS =
      new SmallRyeConfigBuilder()
          .addDiscoveredConverters()
          .withMapping(GroundingLimits.class)
          .withDefaultValue("deixis.limits.image-bytes", "100")
          .build()
          .getConfigMapping(GroundingLimits.class);

  @TempDir Path folder;

  private final ConstantGrounder grounder = new ConstantGrounder();
  private String photo;

  @BeforeEach
  void writePhoto() throws IOException {
    photo = Files.write(folder.resolve("photo.jpg"), ConstantGrounder.IMAGE).toString();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(
        new GroundCommand(grounder, LIMITS, new AnnotatedSvg(), new ObjectMapper()), arguments);
  }

  @Test
  void groundsPhrases() {
    CommandRun run = run(photo, "a cat", "a dog", "--threshold", "0.25", "--top", "2");

    assertThat(run.status()).isEqualTo(ExitStatus.OK.code());
    assertThat(run.out()).contains("photo.jpg (500 x 375)", "(10, 20)-(110, 220)", "a dog");
    assertThat(grounder.requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.query()).isEqualTo(new Query.Phrases(List.of("a cat", "a dog")));
              assertThat(request.options().threshold()).isEqualTo(new Threshold.Fixed(0.25));
              assertThat(request.options().top()).isEqualTo(2);
            });
  }

  @Test
  void groundsAnAnnotatedCaption() {
    assertThat(run(photo, "--caption", "[/EN#3/animals A cat]").status()).isZero();

    assertThat(grounder.requests.get(0).query())
        .isEqualTo(new Query.AnnotatedCaption("[/EN#3/animals A cat]"));
  }

  @Test
  void goesOnAfterABrokenImageOfSeveral() throws IOException {
    Files.writeString(folder.resolve("broken.jpg"), "no image");

    CommandRun run = run(folder.toString(), "a cat");

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err()).contains("broken.jpg: This is not an image.");
    assertThat(run.out()).contains("photo.jpg (500 x 375)");
  }

  @Test
  void tellsInOneSentenceWhatIsWrongWithASingleImage() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.jpg"), "no image");

    CommandRun run = run(broken.toString(), "a cat");

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err().lines()).containsExactly("This is not an image.");
  }

  @Test
  void doesNotReadAFileBeyondTheLimit() throws IOException {
    Path large = Files.write(folder.resolve("large.jpg"), new byte[101]);

    CommandRun run = run(large.toString(), "a cat");

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err()).contains("more than 100 bytes");
    assertThat(grounder.requests).isEmpty();
  }

  @Test
  void needsPhrasesOrACaptionButNotBoth() {
    assertThat(run(photo).status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run(photo, "a cat", "--caption", "A cat.").status())
        .isEqualTo(ExitStatus.USAGE.code());
    assertThat(grounder.requests).isEmpty();
  }

  @Test
  void refusesAThresholdOutOfRange() {
    CommandRun run = run(photo, "a cat", "--threshold", "1.5");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run.err()).contains("\"threshold\"");
  }

  @Test
  void refusesAnUnknownOption() {
    CommandRun run = run(photo, "a cat", "--threshhold", "0.5");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run.err()).contains("--threshhold").contains("--threshold");
  }
}
