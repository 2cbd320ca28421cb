package io.deixis.batch.evaluation;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.DataOption;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.StageProgress;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.LocalCandidates;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.evaluation.AnswerCollector;
import io.deixis.evaluation.EvaluatedSplit;
import io.deixis.evaluation.SplitGrounding;
import io.deixis.grounding.GroundingOptions;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a bundle is tuned on: any split whose images are not those of the test split. */
class TuningOptions {

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

  /**
   * Opens the bundle, its files verified.
   *
   * @param models where bundles are
   */
  ModelBundle bundle(ActiveModel models) {
    return ModelBundle.open(model == null ? models.directory() : models.directory(model));
  }

  /**
   * Returns the images to tune on.
   *
   * @throws CommandFailure if they are test images
   */
  List<String> images(GroundingDataset data) {
    List<String> ids = TEST.equals(split) ? List.of() : data.split(split);
    if (TEST.equals(split) || !Collections.disjoint(ids, testImages(data))) {
      throw new CommandFailure(
          ExitStatus.USAGE,
          "The split \"%s\" has test images, and a model tuned on them could not be judged by them; name another with --split, such as val."
              .formatted(split));
    }
    return ids;
  }

  /** Runs the bundle over the images. */
  EvaluatedSplit answers(
      ModelBundle bundle,
      ActiveModel models,
      GroundingDataset data,
      List<String> ids,
      boolean silent) {
    AnswerCollector collector = new AnswerCollector(GroundingOptions.DEFAULTS);
    try (GroundingModel loaded = models.load(bundle);
        StageProgress progress = new StageProgress(silent)) {
      new SplitGrounding(data, new LocalCandidates(loaded), progress).run(ids, true, collector);
    }
    return collector.answers();
  }

  private static List<String> testImages(GroundingDataset data) {
    try {
      return data.split(TEST);
    } catch (DatasetException absent) {
      return List.of(); // a data set need not have every split
    }
  }
}
