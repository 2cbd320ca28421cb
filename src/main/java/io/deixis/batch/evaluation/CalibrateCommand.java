package io.deixis.batch.evaluation;

import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.evaluation.CalibrationTuning;
import io.deixis.evaluation.EvaluatedSplit;
import io.deixis.grounding.ModelDescription;
import io.deixis.metrics.Calibration;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/**
 * {@code calibrate}: fits the scores to the share of right boxes and writes them into the bundle.
 */
@Command(
    name = "calibrate",
    description =
        "Fits scores such that of boxes with score p a share p is right, and writes the calibration"
            + " into the bundle; tuned thresholds move along, so that they decide as before.")
public class CalibrateCommand extends TuningCommand<CalibrationTuning> {

  /** Creates the command. */
  public CalibrateCommand(ActiveModel models) {
    super(models);
  }

  @Override
  CalibrationTuning find(EvaluatedSplit answers, Calibration calibration) {
    return CalibrationTuning.of(answers, calibration);
  }

  @Override
  BundleManifest tuned(
      BundleManifest manifest, CalibrationTuning tuning, String split, int images) {
    return tuned(manifest, tuning.calibration(), split, images);
  }

  @Override
  void print(PrintWriter out, CalibrationTuning tuning) {
    out.printf(
        Locale.ROOT,
        "score = sigmoid(%.4f * logit + %.4f)%n"
            + "expected calibration error on these images: %.4f, before %.4f%n",
        tuning.calibration().scale(),
        tuning.calibration().bias(),
        tuning.after().error(),
        tuning.before().error());
    if (tuning.calibration().scale() == 1) {
      out.println(
          "Boxes with higher logits are not right more often on these images; only the bias was"
              + " fitted.");
    }
  }

  /** Returns the manifest with the calibration and the tuned thresholds at the same logits. */
  static BundleManifest tuned(
      BundleManifest manifest, Calibration calibration, String split, int images) {
    Map<String, Double> thresholds = new LinkedHashMap<>();
    manifest
        .thresholds()
        .forEach(
            (name, score) ->
                thresholds.put(
                    name,
                    name.startsWith(ModelDescription.BEST) || name.equals(ModelDescription.UNSURE)
                        ? calibration.probability(manifest.calibration().logit(score))
                        : score));
    return manifest
        .withCalibration(calibration)
        .withThresholds(thresholds)
        .withProvenance("calibration", "fitted on the " + images + " images of the split " + split);
  }
}
