package io.deixis.batch.evaluation;

import io.deixis.answers.ImageMediaType;
import io.deixis.batch.CommandFailure;
import io.deixis.dataset.GroundingDataset;
import io.deixis.evaluation.PhraseCase;
import io.deixis.evaluation.answers.AnswersFile;
import io.deixis.evaluation.report.ComparisonReport;
import io.deixis.evaluation.report.EvaluationReport;
import io.deixis.files.AtomicFileSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The folder of a report: {@code report.html}, which stands by itself, {@code report.json}, every
 * answer in {@code answers.ndjson} and, if asked for, the photos.
 *
 * @param directory made if it is not there
 */
record ReportFolder(Path directory) {

  /**
   * Makes the folder, so that a long evaluation does not end in vain.
   *
   * @throws CommandFailure if it cannot be written to
   */
  static ReportFolder create(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException unwritable) {
      throw failure(directory, unwritable);
    }
    if (!Files.isWritable(directory)) {
      throw failure(directory, null);
    }
    return new ReportFolder(directory);
  }

  /**
   * Writes all documents, or none: those of an earlier report stay until there is room for all.
   *
   * @param report what was found
   * @param each at most so many cases of each entity type and outcome are in the gallery
   * @param photos the data whose photos are shown; null for blank canvases
   * @throws CommandFailure if a file cannot be written
   */
  void write(EvaluationReport report, int each, GroundingDataset photos) {
    Function<String, Optional<String>> uris =
        photos == null ? id -> Optional.empty() : id -> dataUri(photos.image(id));
    List<PhraseCase> answers = report.answers().phrases();
    try (AtomicFileSet documents = new AtomicFileSet(directory)) {
      documents.add("report.json", file -> Files.writeString(file, report.json()));
      documents.add("report.html", file -> Files.writeString(file, report.html(each, uris)));
      documents.add(
          AnswersFile.NAME,
          file -> AnswersFile.write(file, answers, report.report().subject().calibration()));
      if (photos != null) {
        copyPhotos(answers, photos);
      }
      documents.commit();
    } catch (IOException | UncheckedIOException unwritable) {
      throw failure(directory, unwritable);
    }
  }

  /**
   * Writes a comparison, both documents or none.
   *
   * @throws CommandFailure if a file cannot be written
   */
  void write(ComparisonReport report) {
    try (AtomicFileSet documents = new AtomicFileSet(directory)) {
      documents.add("comparison.json", file -> Files.writeString(file, report.json()));
      documents.add("comparison.html", file -> Files.writeString(file, report.html()));
      documents.commit();
    } catch (IOException | UncheckedIOException unwritable) {
      throw failure(directory, unwritable);
    }
  }

  /** Copies the photos that there are beside the answers, each under its image's id. */
  private void copyPhotos(List<PhraseCase> answers, GroundingDataset data) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(AnswersFile.PHOTOS));
    List<String> images =
        answers.stream().map(answer -> answer.truth().image()).distinct().toList();
    for (String image : images) {
      try {
        Files.copy(data.image(image), folder.resolve(image), StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException absent) {
        // the data set need not have every photo
      }
    }
  }

  private static Optional<String> dataUri(Path file) {
    try {
      byte[] photo = Files.readAllBytes(file);
      return ImageMediaType.of(photo).map(type -> type.dataUri(photo));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static CommandFailure failure(Path directory, Exception cause) {
    return CommandFailure.storage(
            "The report cannot be written into \"%s\"; make room on its disk, or name another"
                + " folder with --report.",
            directory)
        .because(cause);
  }
}
