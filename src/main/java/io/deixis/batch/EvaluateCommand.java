package io.deixis.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.dataset.Flickr30kEntities;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.GroundingModel;
import io.deixis.evaluation.GroundingScore;
import io.deixis.evaluation.PredictionsFile;
import io.deixis.evaluation.RecallTable;
import io.deixis.training.ModelEvaluation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: runs a model over a split and scores it. */
@Command(
    name = "evaluate",
    description =
        "Grounds every phrase of a split and scores the boxes: Recall@k, upper bound, by type.")
public class EvaluateCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The folder with Annotations, Sentences and images.")
  Path directory;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "val",
      description = "The split to evaluate on (default: ${DEFAULT-VALUE}).")
  String split;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The bundle to evaluate (default: deixis.models.active).")
  String model;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description = "Also write every phrase's boxes to this file, as score reads it.")
  Path predictions;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the confidence intervals (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(names = "--json", description = "Print one JSON document.")
  boolean json;

  private final ActiveModel models;
  private final ObjectMapper mapper;

  EvaluateCommand(ActiveModel models, ObjectMapper mapper) {
    this.models = models;
    this.mapper = mapper;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Flickr30kEntities data = Flickr30kEntities.open(directory);
    ModelEvaluation.Result result;
    try (GroundingModel loaded =
            models.load(model == null ? models.directory() : models.directory(model));
        StageProgress progress = new StageProgress(json)) {
      result = new ModelEvaluation(data, loaded, progress).run(data.split(split), seed);
    }
    if (predictions != null) {
      PredictionsFile.write(predictions, result.predictions());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          mapper
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(new Report(result.score(), result.candidates())));
    } else {
      out.print(result.score().text());
      out.println();
      out.println("Upper bound: phrases of which any candidate region meets a truth box");
      out.print(result.candidates().text());
    }
    return ExitStatus.OK.code();
  }

  /** The JSON document. */
  record Report(GroundingScore score, RecallTable candidates) {}
}
