package io.deixis.batch.evaluation;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.DataOption;
import io.deixis.batch.ResultOutput;
import io.deixis.batch.StageProgress;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.LocalCandidates;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.evaluation.AnswerCollector;
import io.deixis.evaluation.EvaluatedSplit;
import io.deixis.evaluation.SplitGrounding;
import io.deixis.grounding.GroundingOptions;
import io.deixis.metrics.Calibration;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A command that runs a bundle over a split and writes into it what was found there.
 *
 * @param <T> what is found
 */
abstract class TuningCommand<T> implements Runnable {

  private static final String TEST = "test";

  @Mixin DataOption source = new DataOption();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "val",
      description = "The split to tune on, never test (default: ${DEFAULT-VALUE}).")
  String split;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The bundle to tune (default: deixis.models.active).")
  String model;

  @Mixin ResultOutput output = new ResultOutput();

  private final ActiveModel models;

  TuningCommand(ActiveModel models) {
    this.models = models;
  }

  /**
   * Finds what is to be written.
   *
   * @param answers the bundle's
   * @param calibration the bundle's as it is
   */
  abstract T find(EvaluatedSplit answers, Calibration calibration);

  /**
   * Returns the manifest with what was found.
   *
   * @param manifest the bundle's as it is
   * @param split that it was found on
   * @param images how many the split has
   */
  abstract BundleManifest tuned(BundleManifest manifest, T found, String split, int images);

  /** Prints what was found for a person. */
  abstract void print(PrintWriter out, T found);

  @Override
  public final void run() {
    GroundingDataset data = source.open();
    List<String> ids = images(data);
    ModelBundle bundle = models.bundle(model);
    EvaluatedSplit answers = answers(bundle, data, ids);
    T found = find(answers, bundle.manifest().calibration());
    BundleManifest tuned = tuned(bundle.manifest(), found, split, ids.size());
    JudgedBundle.write(bundle.directory(), tuned, split, ids.size(), answers);
    output.print(
        found,
        out -> {
          print(out, found);
          out.printf("Wrote it into %s%n", bundle.directory());
        });
  }

  /**
   * Returns the images to tune on: of any split, but none of the test split.
   *
   * @throws CommandFailure if they are test images
   */
  private List<String> images(GroundingDataset data) {
    List<String> ids = TEST.equals(split) ? List.of() : data.split(split);
    if (TEST.equals(split) || !Collections.disjoint(ids, testImages(data))) {
      throw CommandFailure.usage(
          "The split \"%s\" has test images, and a model tuned on them could not be judged by them;"
              + " name another with --split, such as val.",
          split);
    }
    return ids;
  }

  private static List<String> testImages(GroundingDataset data) {
    try {
      return data.split(TEST);
    } catch (DatasetException absent) {
      return List.of(); // a data set need not have every split
    }
  }

  private EvaluatedSplit answers(ModelBundle bundle, GroundingDataset data, List<String> ids) {
    AnswerCollector collector = new AnswerCollector(GroundingOptions.DEFAULTS);
    try (GroundingModel loaded = models.load(bundle);
        StageProgress progress = new StageProgress(output.json())) {
      new SplitGrounding(data, new LocalCandidates(loaded), progress).run(ids, true, collector);
    }
    return collector.answers();
  }
}
