package io.deixis.batch.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.DataOption;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.ResultOutput;
import io.deixis.dataset.GroundingDataset;
import io.deixis.evaluation.GroundingEvaluator;
import io.deixis.metrics.GroundingScore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code score}: judges any system's predictions by the protocol of the field. */
@Command(
    name = "score",
    description = "Scores any system's predictions: Recall@k, ANY-BOX and MERGED-BOXES, by type.")
public class ScoreCommand implements Callable<Integer> {

  @Mixin DataOption source = new DataOption();

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

  @Mixin ResultOutput output = new ResultOutput();

  private final ObjectMapper mapper;

  /** Creates the command. */
  public ScoreCommand(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    GroundingDataset data = source.open();
    List<String> ids = data.split(split);
    GroundingScore score = GroundingEvaluator.score(data, ids, answers.of(data, ids), seed);
    output.print(mapper, score, out -> out.print(score.text()));
    return ExitStatus.OK.code();
  }
}
