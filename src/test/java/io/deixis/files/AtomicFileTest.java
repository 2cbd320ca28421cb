package io.deixis.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir private Path folder;

  @Test
  void replacesTheWholeFileAndMakesItsFolder() throws IOException {
    Path file = folder.resolve("new/file");

    AtomicFile.replace(file, partial -> Files.writeString(partial, "first and longer"));
    AtomicFile.replace(file, partial -> Files.writeString(partial, "second"));

    assertThat(file).hasContent("second");
    assertThat(file.getParent()).isDirectoryContaining("glob:**/file");
    assertThat(Files.list(file.getParent())).hasSize(1);
  }

  @Test
  void aFailureLeavesWhatWasThere() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "before");

    assertThatThrownBy(
            () ->
                AtomicFile.replace(
                    file,
                    partial -> {
                      Files.writeString(partial, "ha");
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("No space left on device");

    assertThat(file).hasContent("before");
    assertThat(Files.list(folder)).hasSize(1);
  }
}
