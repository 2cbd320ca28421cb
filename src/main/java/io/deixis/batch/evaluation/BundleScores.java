package io.deixis.batch.evaluation;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.EvaluationFolder;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.evaluation.EvaluatedSplit;
import io.deixis.metrics.ScoreReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Writes a tuned manifest into a bundle, and what thresholds buy beside it. */
final class BundleScores {

  private BundleScores() {}

  /**
   * Writes both.
   *
   * @param directory the bundle's
   * @param manifest the tuned one
   * @param split that it was tuned on
   * @param images how many the split has
   * @param answers the model's, to the split
   * @throws CommandFailure if they cannot be written
   */
  static void write(
      Path directory, BundleManifest manifest, String split, int images, EvaluatedSplit answers) {
    double threshold =
        manifest.thresholds().getOrDefault(BundleManifest.BEST, EvaluateCommand.UNTUNED);
    ScoreReport scores =
        ScoreReport.of(
            split,
            images,
            answers.boxCases(),
            answers.boxCasesByType(),
            manifest.calibration(),
            threshold);
    try {
      ModelBundle.seal(
          directory,
          manifest,
          Map.of(
              EvaluationFolder.NAME + "/" + EvaluationFolder.SCORES,
              EvaluationFolder.document(scores)));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitStatus.STORAGE,
          "The bundle %s cannot be written; make room on its disk or check the folder's rights."
              .formatted(directory),
          e);
    }
  }
}
