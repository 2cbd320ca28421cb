package io.deixis.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.DataFormat;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.evaluation.SplitQuestions;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.evaluation.AnswerCollector;
import io.deixis.evaluation.ModelEvaluation;
import io.deixis.evaluation.PredictionsFile;
import io.deixis.grounding.GroundingOptions;
import io.deixis.metrics.AbsenceTable;
import io.deixis.metrics.RecallReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code archive evaluate}: grounds a split in the executors and scores it as evaluate does. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description =
        "Grounds every phrase of a split in the executors, which see the same folder, and scores"
            + " the boxes as evaluate does.")
final class ArchiveEvaluateCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin SparkOptions spark = new SparkOptions();

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
      description = "The split to evaluate on (default: ${DEFAULT-VALUE}).")
  String split;

  @Mixin SplitQuestions questions = new SplitQuestions();

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

  @Override
  public Integer call() throws Exception {
    GroundingDataset data = format.open(directory);
    List<String> ids = data.split(split);
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
                          context, model, directory.toAbsolutePath(), format.name(), manner));
              return questions.absent()
                  ? evaluation.run(ids, seed, true, answers)
                  : evaluation.run(ids, seed);
            });
    AbsenceTable absence =
        questions.absent() ? SplitQuestions.absence(answers, bundle.manifest(), seed) : null;
    if (predictions != null) {
      PredictionsFile.write(predictions, result.predictions());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(new RecallReport(result.score(), result.candidates(), absence)));
    } else {
      out.print(questions.text(result, absence));
    }
    out.flush();
    return ExitStatus.OK.code();
  }
}
