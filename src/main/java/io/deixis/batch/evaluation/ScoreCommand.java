package io.deixis.batch.evaluation;

import io.deixis.batch.ResultOutput;
import io.deixis.dataset.GroundingDataset;
import io.deixis.evaluation.GroundingEvaluator;
import io.deixis.evaluation.report.PlainText;
import io.deixis.metrics.GroundingScore;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code score}: judges any system's predictions by the protocol of the field. */
@Command(
    name = "score",
    description = "Scores any system's predictions: Recall@k, ANY-BOX and MERGED-BOXES, by type.")
public class ScoreCommand implements Runnable {

  @Mixin JudgedSplit judged = new JudgedSplit();

  @ArgGroup(multiplicity = "1")
  ScoredAnswers answers;

  @Mixin ResultOutput output = new ResultOutput();

  @Override
  public void run() {
    GroundingDataset data = judged.open();
    List<String> ids = data.split(judged.split());
    GroundingScore score =
        GroundingEvaluator.score(data, ids, answers.of(data, ids), judged.seed());
    output.print(score, out -> out.print(PlainText.of(score)));
  }
}
