package io.deixis.batch.evaluation;

import io.deixis.batch.CommandFailure;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.EvaluationFolder;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.evaluation.EvaluatedSplit;
import io.deixis.metrics.AbsenceTable;
import io.deixis.metrics.RecallReport;
import io.deixis.metrics.RecallTable;
import io.deixis.metrics.ScoreReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes the results of an evaluation into a bundle. */
final class JudgedBundle {

  /** The split whose recalls are kept whole. */
  private static final String VALIDATION = "val";

  private JudgedBundle() {}

  /**
   * Writes the recalls of an evaluation.
   *
   * @param bundle that was evaluated
   * @param split that it was evaluated on
   * @param recall what came out
   * @throws CommandFailure if they cannot be written
   */
  static void write(ModelBundle bundle, String split, RecallReport recall) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    RecallTable anyBox = recall.score().anyBox();
    for (int i = 0; i < anyBox.ks().size(); i++) {
      metrics.put(split + " recall@" + anyBox.ks().get(i), anyBox.all().atK().get(i).value());
    }
    metrics.put(
        split + " recall@1 merged", recall.score().mergedBoxes().all().atK().get(0).value());
    metrics.put(split + " upper bound", recall.candidates().all().upperBound().value());
    AbsenceTable absent = recall.absent();
    if (absent != null) {
      metrics.put(split + " found", absent.present().value());
      for (AbsenceTable.Row row : absent.rows()) {
        metrics.put(split + " auroc, " + row.name(), row.auroc());
        metrics.put(split + " found, " + row.name(), row.found().value());
      }
      if (absent.bothSexes() != null) {
        metrics.put(split + " man or woman of both", absent.bothSexes().value());
      }
    }
    seal(
        bundle.directory(),
        withMetrics(bundle.manifest(), metrics),
        VALIDATION.equals(split) ? Map.of(EvaluationFolder.RECALL, recall) : Map.of());
  }

  /**
   * Writes a tuned manifest, and what thresholds buy.
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
    ScoreReport scores =
        ScoreReport.of(
            split,
            images,
            answers.boxCases(),
            answers.boxCasesByType(),
            manifest.calibration(),
            manifest.best());
    seal(directory, manifest, Map.of(EvaluationFolder.SCORES, scores));
  }

  /** Returns a manifest with more metrics, in the order of their names behind the others. */
  static BundleManifest withMetrics(BundleManifest manifest, Map<String, Double> more) {
    Map<String, Double> metrics = new LinkedHashMap<>(manifest.metrics());
    metrics.putAll(new TreeMap<>(more));
    return manifest.withMetrics(metrics);
  }

  /** Writes a manifest, and reports by their names in the bundle's folder of evaluations. */
  private static void seal(
      Path directory, BundleManifest manifest, Map<String, ? extends Record> reports) {
    Map<String, byte[]> documents = new LinkedHashMap<>();
    reports.forEach(
        (name, report) ->
            documents.put(EvaluationFolder.NAME + "/" + name, EvaluationFolder.document(report)));
    try {
      ModelBundle.seal(directory, manifest, documents);
    } catch (IOException e) {
      throw CommandFailure.storage(
              "The bundle %s cannot be written; make room on its disk or check the folder's"
                  + " rights.",
              directory)
          .because(e);
    }
  }
}
