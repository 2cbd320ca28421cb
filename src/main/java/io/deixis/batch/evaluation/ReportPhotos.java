package io.deixis.batch.evaluation;

import io.deixis.dataset.GroundingDataset;
import io.deixis.evaluation.PhraseCase;
import io.deixis.evaluation.answers.AnswersFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Copies the photos of a split beside its answers, each under its image's id. */
final class ReportPhotos {

  private ReportPhotos() {}

  /**
   * Copies the photos that there are.
   *
   * @param report the report's folder
   * @param answers whose images are copied
   * @param data that has the photos
   */
  static void write(Path report, List<PhraseCase> answers, GroundingDataset data)
      throws IOException {
    Path folder = Files.createDirectories(report.resolve(AnswersFile.PHOTOS));
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
}
