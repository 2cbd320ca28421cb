package io.deixis.training.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.training.work.TrainingException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

  private static final Fingerprint FINGERPRINT =
      new Fingerprint(Map.of("settings", "9 epochs", "data", "abc"));

  @TempDir private Path folder;
  private Path file;
  private Checkpoints checkpoints;

  @BeforeEach
  void prepare() {
    file = folder.resolve("matching.checkpoint");
    checkpoints = new Checkpoints(file, FINGERPRINT, 100);
  }

  private static Checkpoint checkpoint(int epoch) {
    return new Checkpoint(
        epoch,
        7,
        123,
        Map.of("weights", Map.of("a.b", new float[] {1, -0f, 3}), "best", Map.of()),
        Map.of("best score", "0.5"));
  }

  @Test
  void givesBackTheLatest() {
    assertThat(checkpoints.latest()).isEmpty();
    checkpoints.save(checkpoint(1));
    checkpoints.save(checkpoint(2));

    Checkpoint latest = checkpoints.latest().orElseThrow();

    assertThat(latest.epoch()).isEqualTo(2);
    assertThat(latest.batch()).isEqualTo(7);
    assertThat(latest.optimiserSteps()).isEqualTo(123);
    assertThat(latest.tensors().get("weights").get("a.b")).containsExactly(1, -0f, 3);
    assertThat(latest.notes()).containsExactly(Map.entry("best score", "0.5"));
  }

  @Test
  void refusesOneOfAnotherTrainingAndNamesTheDifference() {
    checkpoints.save(checkpoint(1));
    Fingerprint other = new Fingerprint(Map.of("settings", "3 epochs", "data", "abc"));

    assertThatThrownBy(() -> new Checkpoints(file, other, 100).latest())
        .isInstanceOfSatisfying(
            TrainingException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_SETTINGS))
        .hasMessageContaining("difference in settings;")
        .hasMessageContaining("--work");
  }

  @Test
  void refusesOneThatWasCutShort() throws IOException {
    checkpoints.save(checkpoint(1));
    byte[] whole = Files.readAllBytes(file);

    for (int length : new int[] {0, 5, 40, whole.length - 4}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(checkpoints::latest)
          .isInstanceOfSatisfying(
              TrainingException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED))
          .hasMessageContaining("delete it");
    }
  }

  @Test
  void aChangedBitIsNoticed() throws IOException {
    checkpoints.save(checkpoint(1));
    byte[] whole = Files.readAllBytes(file);

    for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
      byte[] changed = whole.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Files.write(file, changed);
      Optional<Checkpoint> read;
      try {
        read = checkpoints.latest();
      } catch (TrainingException refused) {
        assertThat(refused.reason()).isIn(Reason.DAMAGED, Reason.OTHER_SETTINGS);
        continue;
      }
      // What is left is without meaning, such as white space.
      assertThat(read.orElseThrow())
          .as("bit %d", bit)
          .usingRecursiveComparison()
          .isEqualTo(checkpointAsRead());
    }
  }

  private static Checkpoint checkpointAsRead() {
    Checkpoint written = checkpoint(1);
    return new Checkpoint(
        written.epoch(),
        written.batch(),
        written.optimiserSteps(),
        Map.of("weights", written.tensors().get("weights")),
        written.notes());
  }

  @Test
  void isDueEverySoManySteps() {
    assertThat(checkpoints.dueAfter(99)).isFalse();
    assertThat(checkpoints.dueAfter(100)).isTrue();
    assertThat(checkpoints.dueAfter(300)).isTrue();
  }

  @Test
  void anUnwritableFolderIsSaidInASentence() throws IOException {
    Path blocked = folder.resolve("a file");
    Files.writeString(blocked, "");

    assertThatThrownBy(
            () -> new Checkpoints(blocked.resolve("x"), FINGERPRINT, 1).save(checkpoint(1)))
        .isInstanceOfSatisfying(
            TrainingException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STORAGE))
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("same command again");
  }
}
