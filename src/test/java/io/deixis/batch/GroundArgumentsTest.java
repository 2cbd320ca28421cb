package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroundArgumentsTest {

  @TempDir Path folder;

  private Path photo;

  @BeforeEach
  void writeFiles() throws IOException {
    photo = Files.createFile(folder.resolve("photo.jpg"));
  }

  @Test
  void leadingFilesAreImagesAndTheRestArePhrases() {
    GroundArguments arguments = GroundArguments.of(List.of(photo.toString(), "a man", "his hat"));

    assertThat(arguments.images()).containsExactly(photo);
    assertThat(arguments.phrases()).containsExactly("a man", "his hat");
  }

  @Test
  void aFolderStandsForItsImagesByName() throws IOException {
    Path other = Files.createFile(folder.resolve("another.PNG"));
    Files.createFile(folder.resolve("notes.txt"));
    Files.createDirectory(folder.resolve("below.jpg.d"));

    assertThat(GroundArguments.of(List.of(folder.toString(), "a man")).images())
        .containsExactly(other, photo);
  }

  @Test
  void anExistingFileAfterAPhraseIsAPhrase() {
    GroundArguments arguments =
        GroundArguments.of(List.of(folder.toString(), "a man", folder.toString()));

    assertThat(arguments.phrases()).containsExactly("a man", folder.toString());
  }

  @Test
  void aMisspelledImageIsNotTakenForAPhrase() {
    assertThatThrownBy(() -> GroundArguments.of(List.of(photo.toString(), "phto.jpg", "a man")))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.status()).isEqualTo(ExitStatus.INPUT))
        .hasMessageContaining("\"phto.jpg\"");
  }

  @Test
  void phrasesWithoutAnImageAreRefused() {
    assertThatThrownBy(() -> GroundArguments.of(List.of("a man")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("\"a man\"");
  }

  @Test
  void aFolderWithoutImagesIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThatThrownBy(() -> GroundArguments.of(List.of(empty.toString(), "a man")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no image");
  }
}
