package io.deixis.batch;

import io.deixis.answers.AnnotatedSvg;
import io.deixis.answers.AnswerDocument;
import io.deixis.files.AtomicFile;
import io.deixis.grounding.GroundingAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes answers as drawings: to one file, or for several images into a folder. */
final class SvgFiles {

  private final AnnotatedSvg svg;
  private final Path target;
  private final boolean folder;

  /**
   * Creates the writer.
   *
   * @param svg draws
   * @param target the file; or the folder, if it exists as one or there are several images
   * @param images how many images there are
   */
  SvgFiles(AnnotatedSvg svg, Path target, int images) {
    this.svg = svg;
    this.target = target;
    this.folder = images > 1 || Files.isDirectory(target);
  }

  /**
   * Writes one drawing. Into a folder it goes under the image's name with {@code .svg} added.
   *
   * @throws CommandFailure if it cannot be written
   */
  void write(Path image, byte[] photo, GroundingAnswer answer) {
    Path file = folder ? target.resolve(image.getFileName() + ".svg") : target;
    try {
      if (folder) {
        Files.createDirectories(target);
      }
      String drawing = svg.renderOver(photo, AnswerDocument.of(answer));
      AtomicFile.replace(file, partial -> Files.writeString(partial, drawing));
    } catch (IOException unwritable) {
      throw new CommandFailure(
          ExitStatus.STORAGE,
          "The file \"%s\" cannot be written; make room on its disk, or name another with --svg."
              .formatted(file),
          unwritable);
    }
  }
}
