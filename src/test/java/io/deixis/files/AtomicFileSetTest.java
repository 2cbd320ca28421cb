package io.deixis.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileSetTest {

  @TempDir private Path root;

  @Test
  void putsAllFilesIntoTheirPlacesAtOnce() throws IOException {
    Path folder = root.resolve("new/folder");
    try (AtomicFileSet replacement = new AtomicFileSet(folder)) {
      replacement.add("a", file -> Files.writeString(file, "1"));
      replacement.add("beneath/b", file -> Files.writeString(file, "2"));
      assertThat(folder.resolve("a")).doesNotExist();

      replacement.commit();
    }

    assertThat(folder.resolve("a")).hasContent("1");
    assertThat(folder.resolve("beneath/b")).hasContent("2");
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void aFailureLeavesWhatWasThere() throws IOException {
    Files.writeString(root.resolve("a"), "before");

    assertThatThrownBy(() -> fail(root)).hasMessage("No space left on device");

    assertThat(root).isDirectoryContaining("glob:**/a");
    assertThat(root.resolve("a")).hasContent("before");
    assertThat(root.toFile().list()).hasSize(1);
  }

  @Test
  void aFailureLeavesNoFolderThatWasNotThere() {
    Path folder = root.resolve("new/folder");

    assertThatThrownBy(() -> fail(folder)).hasMessage("No space left on device");

    assertThat(root).isEmptyDirectory();
  }

  private static void fail(Path folder) throws IOException {
    try (AtomicFileSet replacement = new AtomicFileSet(folder)) {
      replacement.add("a", file -> Files.writeString(file, "after"));
      replacement.add(
          "beneath/b",
          file -> {
            Files.writeString(file, "ha");
            throw new IOException("No space left on device");
          });
      replacement.commit();
    }
  }
}
