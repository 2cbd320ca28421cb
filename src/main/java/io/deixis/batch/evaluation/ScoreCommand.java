package io.deixis.batch.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.ResultOutput;
import io.deixis.dataset.GroundingDataset;
import io.deixis.evaluation.GroundingEvaluator;
import io.deixis.evaluation.report.PlainText;
import io.deixis.metrics.GroundingScore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code score}: judges any system's predictions by the protocol of the field. */
@Command(
    name = "score",
    description = "Scores any system's predictions: Recall@k, ANY-BOX and MERGED-BOXES, by type.")
public class ScoreCommand implements Callable<Integer> {

  @Mixin JudgedSplit judged = new JudgedSplit();

  @ArgGroup(multiplicity = "1")
  ScoredAnswers answers;

  @Mixin ResultOutput output = new ResultOutput();

  private final ObjectMapper mapper;

  /** Creates the command. */
  public ScoreCommand(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    GroundingDataset data = judged.open();
    List<String> ids = data.split(judged.split());
    GroundingScore score =
        GroundingEvaluator.score(data, ids, answers.of(data, ids), judged.seed());
    output.print(mapper, score, out -> out.print(PlainText.of(score)));
    return ExitStatus.OK.code();
  }
}
