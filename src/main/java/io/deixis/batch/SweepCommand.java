package io.deixis.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.dataset.Flickr30kEntities;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.evaluation.ThresholdSweep;
import io.deixis.evaluation.split.EvaluatedSplit;
import io.deixis.evaluation.split.ThresholdTuning;
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

/** {@code sweep}: finds the thresholds of best F1 and writes them into the bundle. */
@Command(
    name = "sweep",
    description =
        "Finds the thresholds of the best F1, of all boxes and of each entity type, and writes them"
            + " into the bundle.")
public class SweepCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin TuningOptions options;

  @Option(names = "--json", description = "Print one JSON document.")
  boolean json;

  private final ActiveModel models;
  private final ObjectMapper mapper;

  SweepCommand(ActiveModel models, ObjectMapper mapper) {
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
    ThresholdTuning tuning = ThresholdTuning.of(answers, manifest.calibration());
    BundleManifest tuned = tuned(manifest, tuning, options.split, ids.size());
    BundleScores.write(bundle.directory(), tuned, options.split, ids.size(), answers);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(tuning));
    } else {
      print(out, tuning);
      out.printf("%nWrote the thresholds into %s%n", bundle.directory());
    }
    return ExitStatus.OK.code();
  }

  /** Returns the manifest with the thresholds found, those of an earlier sweep left out. */
  static BundleManifest tuned(
      BundleManifest manifest, ThresholdTuning tuning, String split, int images) {
    Map<String, Double> thresholds = new LinkedHashMap<>();
    thresholds.put(BundleManifest.BEST, tuning.all().best().threshold());
    manifest
        .thresholds()
        .forEach(
            (name, value) -> {
              if (!name.startsWith(BundleManifest.BEST)) {
                thresholds.put(name, value);
              }
            });
    tuning
        .types()
        .forEach(
            (type, threshold) ->
                thresholds.put(BundleManifest.bestOf(type), threshold.own().threshold()));
    return manifest
        .withThresholds(thresholds)
        .withProvenance(
            "thresholds", "best F1 on the %d images of the split %s".formatted(images, split));
  }

  private static void print(PrintWriter out, ThresholdTuning tuning) {
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
