package io.deixis.batch.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.ResultOutput;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.evaluation.EvaluatedSplit;
import io.deixis.metrics.Calibration;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/**
 * A command that runs a bundle over a split and writes into it what was found there.
 *
 * @param <T> what is found
 */
abstract class TuningCommand<T> implements Callable<Integer> {

  @Mixin TuningOptions options;

  @Mixin ResultOutput output = new ResultOutput();

  private final ActiveModel models;
  private final ObjectMapper mapper;

  TuningCommand(ActiveModel models, ObjectMapper mapper) {
    this.models = models;
    this.mapper = mapper;
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
  public final Integer call() throws JsonProcessingException {
    GroundingDataset data = options.source.open();
    List<String> ids = options.images(data);
    ModelBundle bundle = options.bundle(models);
    EvaluatedSplit answers = options.answers(bundle, models, data, ids, output.json());
    T found = find(answers, bundle.manifest().calibration());
    BundleManifest tuned = tuned(bundle.manifest(), found, options.split, ids.size());
    BundleScores.write(bundle.directory(), tuned, options.split, ids.size(), answers);
    output.print(
        mapper,
        found,
        out -> {
          print(out, found);
          out.printf("Wrote it into %s%n", bundle.directory());
        });
    return ExitStatus.OK.code();
  }
}
