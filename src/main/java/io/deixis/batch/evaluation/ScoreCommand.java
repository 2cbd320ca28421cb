package io.deixis.batch.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.DataFormat;
import io.deixis.batch.ExitStatus;
import io.deixis.dataset.GroundingDataset;
import io.deixis.evaluation.GroundingEvaluator;
import io.deixis.metrics.GroundingScore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code score}: judges any system's predictions by the protocol of the field. */
@Command(
    name = "score",
    description = "Scores any system's predictions: Recall@k, ANY-BOX and MERGED-BOXES, by type.")
public class ScoreCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The data: a folder, or a file of annotations (see --format).")
  Path directory;

  @Mixin DataFormat format = new DataFormat();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "val",
      description = "The split that was predicted (default: ${DEFAULT-VALUE}).")
  String split;

  @ArgGroup(multiplicity = "1")
  ScoredAnswers answers;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the confidence intervals (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(names = "--json", description = "Print one JSON document.")
  boolean json;

  private final ObjectMapper mapper;

  /** Creates the command. */
  public ScoreCommand(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    GroundingDataset data = format.open(directory);
    List<String> ids = data.split(split);
    GroundingScore score = GroundingEvaluator.score(data, ids, answers.of(data, ids), seed);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(score));
    } else {
      out.print(score.text());
    }
    return ExitStatus.OK.code();
  }
}
