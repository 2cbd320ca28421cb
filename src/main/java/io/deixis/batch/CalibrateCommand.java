package io.deixis.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.dataset.Flickr30kEntities;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.evaluation.Calibration;
import io.deixis.evaluation.split.CalibrationTuning;
import io.deixis.evaluation.split.EvaluatedSplit;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code calibrate}: fits the scores to the share of right boxes and writes them into the bundle.
 */
@Command(
    name = "calibrate",
    description =
        "Fits scores such that of boxes with score p a share p is right, and writes the calibration"
            + " into the bundle; tuned thresholds move along, so that they decide as before.")
public class CalibrateCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin TuningOptions options;

  @Option(names = "--json", description = "Print one JSON document.")
  boolean json;

  private final ActiveModel models;
  private final ObjectMapper mapper;

  CalibrateCommand(ActiveModel models, ObjectMapper mapper) {
    this.models = models;
    this.mapper = mapper;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Flickr30kEntities data = Flickr30kEntities.open(options.directory);
    List<String> ids = options.images(data);
    ModelBundle bundle = options.bundle(models);
    BundleManifest manifest = bundle.manifest();
    EvaluatedSplit answers = options.answers(bundle, models, data, ids, json);
    CalibrationTuning tuning = CalibrationTuning.of(answers, manifest.calibration());
    BundleManifest tuned = tuned(manifest, tuning.calibration(), options.split, ids.size());
    BundleScores.write(bundle.directory(), tuned, options.split, ids.size(), answers);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(tuning));
    } else {
      out.printf(
          Locale.ROOT,
          "score = sigmoid(%.4f * logit + %.4f)%n"
              + "expected calibration error on these images: %.4f, before %.4f%n"
              + "Wrote the calibration into %s%n",
          tuning.calibration().scale(),
          tuning.calibration().bias(),
          tuning.after().error(),
          tuning.before().error(),
          bundle.directory());
    }
    return ExitStatus.OK.code();
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
                    name.startsWith(BundleManifest.BEST)
                        ? calibration.probability(manifest.calibration().logit(score))
                        : score));
    return manifest
        .withCalibration(calibration)
        .withThresholds(thresholds)
        .withProvenance(
            "calibration", "fitted on the %d images of the split %s".formatted(images, split));
  }
}
