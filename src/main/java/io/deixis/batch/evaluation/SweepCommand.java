package io.deixis.batch.evaluation;

import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.evaluation.EvaluatedSplit;
import io.deixis.evaluation.ThresholdTuning;
import io.deixis.evaluation.UnsureLimit;
import io.deixis.grounding.ModelDescription;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.ConfusionMatrix;
import io.deixis.metrics.ThresholdSweep;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code sweep}: finds the thresholds of best F1 and writes them into the bundle. */
@Command(
    name = "sweep",
    description =
        "Finds the thresholds of the best F1, of all boxes and of each entity type, and the lower"
            + " limit of unsure answers, and writes them into the bundle.")
public class SweepCommand extends TuningCommand<ThresholdTuning> {

  /** Creates the command. */
  public SweepCommand(ActiveModel models) {
    super(models);
  }

  @Override
  ThresholdTuning find(EvaluatedSplit answers, Calibration calibration) {
    return ThresholdTuning.of(answers, calibration);
  }

  /** Returns the manifest with the thresholds found, those of an earlier sweep left out. */
  @Override
  BundleManifest tuned(BundleManifest manifest, ThresholdTuning tuning, String split, int images) {
    Map<String, Double> thresholds = new LinkedHashMap<>();
    thresholds.put(ModelDescription.BEST, tuning.all().best().threshold());
    thresholds.put(ModelDescription.UNSURE, tuning.unsure().from());
    manifest
        .thresholds()
        .forEach(
            (name, value) -> {
              if (!name.startsWith(ModelDescription.BEST)) {
                thresholds.putIfAbsent(name, value);
              }
            });
    tuning
        .types()
        .forEach(
            (type, threshold) ->
                thresholds.put(ModelDescription.bestOf(type), threshold.own().threshold()));
    ConfusionMatrix best = tuning.all().best().matrix();
    return JudgedBundle.withMetrics(
            manifest,
            Map.of(
                split + " precision", best.precision(),
                split + " recall", best.recall(),
                split + " f1", best.f1()))
        .withThresholds(thresholds)
        .withProvenance(
            "thresholds",
            "best F1, within 0.01, on the " + images + " images of the split " + split);
  }

  @Override
  void print(PrintWriter out, ThresholdTuning tuning) {
    out.printf("%-14s%10s%10s%10s%10s%n", "", "threshold", "precision", "recall", "F1");
    tuning.all().curve().forEach(point -> print(out, "", point));
    print(out, "best", tuning.all().best());
    out.println();
    tuning
        .types()
        .forEach(
            (type, threshold) -> {
              print(out, type, threshold.own());
              print(out, "  with best", threshold.common());
            });
    out.println();
    print(out, tuning.unsure());
  }

  private static void print(PrintWriter out, UnsureLimit unsure) {
    out.printf(
        Locale.ROOT,
        "Unsure from %.3f: of the phrases that are in their image %.1f %% are then called absent,"
            + " of those of other images %.1f %%.%n",
        unsure.from(),
        100 * unsure.presentRuledOut(),
        100 * unsure.absentRuledOut());
  }

  private static void print(PrintWriter out, String name, ThresholdSweep.Point point) {
    out.printf(
        Locale.ROOT,
        "%-14s%10.3f%10.3f%10.3f%10.3f%n",
        name,
        point.threshold(),
        point.matrix().precision(),
        point.matrix().recall(),
        point.matrix().f1());
  }
}
