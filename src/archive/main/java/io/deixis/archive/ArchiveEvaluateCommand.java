package io.deixis.archive;

import io.deixis.batch.ExitStatus;
import io.deixis.batch.ResultOutput;
import io.deixis.batch.evaluation.JudgedSplit;
import io.deixis.batch.evaluation.SplitQuestions;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.evaluation.AnswerCollector;
import io.deixis.evaluation.ModelEvaluation;
import io.deixis.evaluation.answers.PredictionsFile;
import io.deixis.grounding.GroundingOptions;
import io.deixis.metrics.AbsenceTable;
import io.deixis.metrics.RecallReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code archive evaluate}: grounds a split in the executors and scores it as evaluate does. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description =
        "Grounds every phrase of a split in the executors, which see the same folder, and scores"
            + " the boxes as evaluate does.")
final class ArchiveEvaluateCommand implements Callable<Integer> {

  @Mixin SparkOptions spark = new SparkOptions();

  @Mixin JudgedSplit judged = new JudgedSplit();

  @Mixin SplitQuestions questions = new SplitQuestions();

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description = "Also write every phrase's boxes to this file, as score reads it.")
  Path predictions;

  @Mixin ResultOutput output = new ResultOutput();

  @Override
  public Integer call() throws Exception {
    GroundingDataset data = judged.open();
    List<String> ids = data.split(judged.split());
    ModelBundle bundle = spark.bundle();
    SplitQuestions.Manner manner = questions.manner(bundle.manifest());
    AnswerCollector answers = new AnswerCollector(GroundingOptions.DEFAULTS);
    ModelEvaluation.Result result =
        spark.run(
            session -> {
              JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
              ExecutorModel.Key model = spark.model(ModelFiles.add(bundle, context));
              ModelEvaluation evaluation =
                  new ModelEvaluation(
                      data,
                      new SplitOnSpark(
                          context,
                          model,
                          judged.data().directory().toAbsolutePath(),
                          judged.data().format(),
                          manner));
              return questions.absent()
                  ? evaluation.run(ids, judged.seed(), true, answers)
                  : evaluation.run(ids, judged.seed());
            });
    AbsenceTable absence =
        questions.absent()
            ? SplitQuestions.absence(answers, bundle.manifest(), judged.seed())
            : null;
    if (predictions != null) {
      PredictionsFile.write(predictions, result.predictions());
    }
    output.print(
        new RecallReport(result.score(), result.candidates(), absence),
        out -> out.print(questions.text(result, absence)));
    return ExitStatus.OK.code();
  }
}
