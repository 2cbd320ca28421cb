package io.deixis.batch.evaluation;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import io.deixis.engine.bundle.EvaluationFolder;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.metrics.RecallReport;
import io.deixis.metrics.RecallTable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the recalls of an evaluation into the bundle that was evaluated. */
final class BundleRecalls {

  /** The split whose recalls are kept whole. */
  private static final String VALIDATION = "val";

  private BundleRecalls() {}

  /**
   * Writes them.
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
    if (recall.absent() != null) {
      metrics.put(split + " found", recall.absent().present().value());
      recall
          .absent()
          .rows()
          .forEach(
              row -> {
                metrics.put(split + " auroc, " + row.name(), row.auroc());
                metrics.put(split + " found, " + row.name(), row.found().value());
              });
      if (recall.absent().bothSexes() != null) {
        metrics.put(split + " man or woman of both", recall.absent().bothSexes().value());
      }
    }
    try {
      Map<String, byte[]> documents =
          VALIDATION.equals(split)
              ? Map.of(
                  EvaluationFolder.NAME + "/" + EvaluationFolder.RECALL,
                  EvaluationFolder.document(recall))
              : Map.of();
      ModelBundle.seal(
          bundle.directory(), BundleMetrics.added(bundle.manifest(), metrics), documents);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitStatus.STORAGE,
          "The bundle %s cannot be written; make room on its disk or check the folder's rights."
              .formatted(bundle.directory()),
          e);
    }
  }
}
