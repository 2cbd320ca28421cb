package io.deixis.training.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageResultTest {

  private static final Fingerprint FINGERPRINT = new Fingerprint(Map.of("seed", "7"));

  @TempDir private Path folder;

  @Test
  void isDoneOnceTheFileIsThere() throws IOException {
    Path file = folder.resolve("head");
    StageResult result = new StageResult(file, FINGERPRINT, 2);

    result.begin();
    assertThat(result.isDone()).isFalse();
    Files.writeString(file, "weights");
    assertThat(result.isDone()).isTrue();
  }

  @Test
  void refusesAResultThatFollowsFromSomethingElse() throws IOException {
    Path file = folder.resolve("head");
    new StageResult(file, FINGERPRINT, 2).begin();
    Files.writeString(file, "weights");

    assertThatThrownBy(
            () -> new StageResult(file, new Fingerprint(Map.of("seed", "8")), 2).isDone())
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("difference in seed;");
  }

  @Test
  void refusesAResultThatWasDamaged() throws IOException {
    Path file = folder.resolve("head");
    StageResult result = new StageResult(file, FINGERPRINT, 2);
    result.begin();
    Files.writeString(file, "weights");
    result.finish();
    assertThat(result.isDone()).isTrue();

    Files.writeString(file, "weig");

    assertThatThrownBy(result::isDone)
        .isInstanceOfSatisfying(
            TrainingException.class,
            e -> assertThat(e.reason()).isEqualTo(TrainingException.Reason.DAMAGED))
        .hasMessageContaining("delete it");
  }

  @Test
  void readsWhatAnEarlierVersionNoted() throws IOException {
    Path file = Files.writeString(folder.resolve("head"), "weights");
    Files.writeString(folder.resolve("head.origin.json"), "{\"parts\": {\"seed\": \"7\"}}");

    assertThat(new StageResult(file, FINGERPRINT, 2).isDone()).isTrue();
  }

  @Test
  void takesAFileGivenByHand() throws IOException {
    Path file = folder.resolve("head");
    Files.writeString(file, "weights");

    assertThat(new StageResult(file, FINGERPRINT, 2).isDone()).isTrue();
  }

  @Test
  void tellsWithHowManyThreadsItWasMade() throws IOException {
    Path file = folder.resolve("head");
    new StageResult(file, FINGERPRINT, 2).begin();
    StageResult goneOnWith = new StageResult(file, FINGERPRINT, 4);
    goneOnWith.begin();
    Files.writeString(file, "weights");
    goneOnWith.finish();

    assertThat(goneOnWith.origin().orElseThrow().threads()).isEqualTo("2, then 4");
  }
}
