package io.deixis.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
  void ofALinkWhatItLeadsToIsReplaced() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "before");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));

    AtomicFile.replace(link, partial -> Files.writeString(partial, "after"));

    assertThat(link).isSymbolicLink().hasContent("after");
    assertThat(file).hasContent("after");
    assertThat(Files.list(folder)).hasSize(2);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aPipeIsWrittenTo() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    AtomicFile.replace(pipe, file -> Files.writeString(file, "through"));

    assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo("through");
    assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
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
