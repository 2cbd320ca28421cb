package io.deixis.service.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.ModelProfile;
import io.deixis.metrics.Ablation;
import io.deixis.metrics.AbsenceTable;
import io.deixis.metrics.BoxProtocol;
import io.deixis.metrics.BundleEvaluation;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.CalibrationError;
import io.deixis.metrics.ConfusionMatrix;
import io.deixis.metrics.GroundingScore;
import io.deixis.metrics.Histogram;
import io.deixis.metrics.Interval;
import io.deixis.metrics.RecallReport;
import io.deixis.metrics.RecallTable;
import io.deixis.metrics.ScoreDistribution;
import io.deixis.metrics.ScoreMetrics;
import io.deixis.metrics.ScoreReport;
import io.deixis.metrics.ThresholdSweep;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A model with everything that is known of it, as JSON.
 *
 * @param name the bundle's name
 * @param version the bundle's version
 * @param description one sentence
 * @param licence SPDX identifier and the terms that come with the training data
 * @param thresholds the thresholds known by name, calibrated scores in [0, 1]
 * @param metrics figures of its evaluation by name, shares in [0, 1]
 * @param provenance where weights and data came from, by name
 * @param card the model card in Markdown; missing if there is none
 * @param evaluation how it was judged; what a bundle does not tell is missing
 */
@RegisterForReflection(
    targets = {
      ModelDocument.class,
      BundleEvaluation.class,
      RecallReport.class,
      AbsenceTable.class,
      AbsenceTable.Row.class,
      GroundingScore.class,
      RecallTable.class,
      RecallTable.Row.class,
      RecallTable.Recall.class,
      BoxProtocol.class,
      Interval.class,
      ScoreReport.class,
      ScoreMetrics.class,
      ScoreDistribution.class,
      Histogram.class,
      Calibration.class,
      CalibrationError.Result.class,
      CalibrationError.Bin.class,
      ConfusionMatrix.class,
      ThresholdSweep.Point.class,
      Ablation.class
    })
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Model")
public record ModelDocument(
    String name,
    String version,
    String description,
    String licence,
    @Schema(description = "Calibrated scores by name") Map<String, Double> thresholds,
    Map<String, Double> metrics,
    @Schema(description = "Where weights and data came from") Map<String, String> provenance,
    @Schema(description = "The model card, in Markdown") String card,
    @Schema(
            description =
                "Recall@k on validation; how scores of right and of wrong boxes spread in steps of"
                    + " one hundredth, of all phrases and of each entity type; ablations")
        BundleEvaluation evaluation) {

  /** Returns a profile as a document. */
  static ModelDocument of(ModelProfile profile) {
    ModelDescription model = profile.model();
    return new ModelDocument(
        model.name(),
        model.version(),
        model.description(),
        model.licence(),
        model.thresholds(),
        model.metrics(),
        profile.provenance(),
        profile.card().orElse(null),
        profile.evaluation());
  }

  /** Returns the profile that this document tells of; a worker of an older version tells less. */
  public ModelProfile toProfile() {
    return new ModelProfile(
        new ModelDescription(name, version, description, licence, thresholds, metrics),
        provenance == null ? Map.of() : provenance,
        Optional.ofNullable(card),
        evaluation == null ? BundleEvaluation.NONE : evaluation);
  }
}
