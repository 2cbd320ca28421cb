package io.deixis.batch.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class GroundArgumentsTest {

  @TempDir Path folder;

  private Path photo;

  @BeforeEach
  void writeFiles() throws IOException {
    photo = Files.createFile(folder.resolve("photo.jpg"));
  }

  private static GroundArguments of(List<String> arguments) {
    return GroundArguments.of(arguments, InputStream.nullInputStream());
  }

  @Test
  void leadingFilesAreImagesAndTheRestArePhrases() {
    GroundArguments arguments = of(List.of(photo.toString(), "a man", "his hat"));

    assertThat(arguments.photos())
        .extracting(photo -> photo.file().orElseThrow())
        .containsExactly(photo);
    assertThat(arguments.phrases()).containsExactly("a man", "his hat");
  }

  @Test
  void aFolderStandsForTheImagesInItAndBelowByName() throws IOException {
    Path other = Files.createFile(folder.resolve("another.PNG"));
    Files.createFile(folder.resolve("notes.txt"));
    Path below = Files.createDirectory(folder.resolve("below.jpg.d"));
    Path deeper = Files.createFile(below.resolve("deeper.webp"));
    Files.createFile(Files.createDirectory(folder.resolve(".thumbnails")).resolve("photo.jpg"));
    Files.createSymbolicLink(below.resolve("round"), folder);

    assertThat(of(List.of(folder.toString(), "a man")).photos())
        .extracting(photo -> photo.file().orElseThrow())
        .containsExactly(other, deeper, photo);
  }

  @Test
  void anExistingFileAfterAPhraseIsAPhrase() {
    GroundArguments arguments = of(List.of(folder.toString(), "a man", folder.toString()));

    assertThat(arguments.phrases()).containsExactly("a man", folder.toString());
  }

  @Test
  void aMisspelledImageIsNotTakenForAPhrase() {
    assertThatThrownBy(() -> of(List.of(photo.toString(), "phto.jpg", "a man")))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.status()).isEqualTo(ExitStatus.INPUT))
        .hasMessageContaining("\"phto.jpg\"");
  }

  @Test
  void phrasesWithoutAnImageAreRefused() {
    assertThatThrownBy(() -> of(List.of("a man")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("\"a man\"");
  }

  @Test
  void aFolderWithoutImagesIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThatThrownBy(() -> of(List.of(empty.toString(), "a man")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no image");
  }

  /** Told when its turn comes; the photos beside it are asked. */
  @Test
  void whatCannotBeReadOfAFolderIsAmongItsPhotos() throws IOException {
    List<Path> found = new ArrayList<>();
    GroundArguments.Images images = new GroundArguments.Images(folder, found);
    Path locked = folder.resolve("locked");
    Path half = folder.resolve("half");

    assertThat(images.visitFileFailed(locked, new AccessDeniedException("locked")))
        .isEqualTo(FileVisitResult.CONTINUE);
    assertThat(images.postVisitDirectory(half, new IOException("Input/output error")))
        .isEqualTo(FileVisitResult.CONTINUE);
    images.visitFileFailed(folder.resolve(".hidden"), new AccessDeniedException(".hidden"));
    images.visitFileFailed(folder.resolve("round"), new FileSystemLoopException("round"));
    images.postVisitDirectory(folder, null);

    assertThat(found).containsExactly(locked, half);
  }

  @Test
  void photosAreNamedByTheirPlaceBelowTheFolder() throws IOException {
    Files.createFile(Files.createDirectory(folder.resolve("below")).resolve("deeper.webp"));

    assertThat(of(List.of(folder.toString(), "a man")).photos())
        .extracting(Photo::name)
        .containsExactly("below/deeper.webp", "photo.jpg");
  }

  @Test
  void aDashStandsForAListOfPaths() {
    InputStream list =
        new ByteArrayInputStream("a/one.jpg\r\n\n../two.jpg\n".getBytes(StandardCharsets.UTF_8));

    GroundArguments arguments = GroundArguments.of(List.of("-", "a man"), list);

    assertThat(arguments.photos()).extracting(Photo::name).containsExactly("a/one.jpg", "two.jpg");
    assertThat(arguments.phrases()).containsExactly("a man");
  }

  @Test
  void listedPhotosElsewhereAreNamedByTheirPlaceBelowTheFolderOfAll() {
    String paths =
        "%1$s/a/one.jpg%n%1$s/b/one.jpg%n%1$s/b/deep/two.jpg%n".formatted(folder.toAbsolutePath());
    InputStream list = new ByteArrayInputStream(paths.getBytes(StandardCharsets.UTF_8));

    assertThat(GroundArguments.of(List.of("-", "a man"), list).photos())
        .extracting(Photo::name)
        .containsExactly("a/one.jpg", "b/one.jpg", "b/deep/two.jpg");
  }

  @Test
  void aListMayBeginWithAByteOrderMarkAndNameTheRoot() {
    InputStream list =
        new ByteArrayInputStream("\uFEFFone.jpg\n/\n".getBytes(StandardCharsets.UTF_8));

    assertThat(GroundArguments.of(List.of("-", "a man"), list).photos())
        .extracting(Photo::source)
        .containsExactly("one.jpg", "/");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDeviceInAFolderIsNoPhoto() throws IOException {
    Files.createSymbolicLink(folder.resolve("endless.jpg"), Path.of("/dev/zero"));

    assertThat(of(List.of(folder.toString(), "a man")).photos())
        .extracting(Photo::name)
        .containsExactly("photo.jpg");
  }

  @Test
  void aVideoIsToldByItsName() throws IOException {
    Path video = Files.createFile(folder.resolve("clip.MP4"));

    GroundArguments arguments = of(List.of(video.toString(), "a man"));

    assertThat(arguments.videos()).containsExactly(video);
    assertThat(arguments.photos()).isEmpty();
  }
}
