package io.deixis.batch.evaluation;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ResultOutput;
import io.deixis.batch.StageProgress;
import io.deixis.batch.WholeNumber;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.LocalCandidates;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.EvaluationFolder;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.evaluation.AnswerCollector;
import io.deixis.evaluation.ModelEvaluation;
import io.deixis.evaluation.SplitGrounding;
import io.deixis.evaluation.SplitReport;
import io.deixis.evaluation.answers.PredictionsFile;
import io.deixis.evaluation.report.EvaluationReport;
import io.deixis.grounding.GroundingOptions;
import io.deixis.language.QueryReader;
import io.deixis.metrics.AbsenceTable;
import io.deixis.metrics.RecallReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}: runs a model over a split and scores it. */
@Command(
    name = "evaluate",
    description =
        "Grounds every phrase of a split and scores the boxes: Recall@k, upper bound, by type.")
public class EvaluateCommand implements Runnable {

  @Mixin JudgedSplit judged = new JudgedSplit();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The bundle to evaluate (default: deixis.models.active).")
  String model;

  @Mixin SplitQuestions questions = new SplitQuestions();

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description = "Also write every phrase's boxes to this file, as score reads it.")
  Path predictions;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Also write report.html, report.json and, for the page of evaluations, answers.ndjson"
              + " into this folder.")
  Path report;

  @Option(
      names = "--photos",
      description =
          "Put photos into the report's gallery. Without it boxes are drawn on blank canvases, and"
              + " the report may be handed on where the photos may not.")
  boolean photos;

  @Option(
      names = "--training",
      paramLabel = "FILE",
      description =
          "The metrics.csv of the model's training, for the report's curves (default: what train"
              + " has left in the bundle).")
  Path training;

  @Option(
      names = "--record",
      description =
          "Write the recalls into the bundle: into its metrics and, of the split val, into"
              + " evaluation/val.json.")
  boolean record;

  @Option(
      names = "--gallery",
      paramLabel = "N",
      defaultValue = "8",
      converter = WholeNumber.From0.class,
      description =
          "Most phrases of each entity type and outcome in the report's gallery (default:"
              + " ${DEFAULT-VALUE}).")
  int gallery;

  @Mixin ResultOutput output = new ResultOutput();

  private final ActiveModel models;
  private final QueryReader reader;

  /** Creates the command. */
  public EvaluateCommand(ActiveModel models, QueryReader reader) {
    this.models = models;
    this.reader = reader;
  }

  @Override
  public void run() {
    GroundingDataset data = judged.open();
    if (training != null && (!Files.isReadable(training) || Files.isDirectory(training))) {
      throw unreadable(training); // after the evaluation it would be late
    }
    ReportFolder folder = report == null ? null : ReportFolder.create(report);
    ModelBundle bundle = models.bundle(model);
    AnswerCollector answers = new AnswerCollector(GroundingOptions.DEFAULTS);
    boolean withAbsent = questions.absent() || folder != null;
    ModelEvaluation.Result result;
    try (GroundingModel loaded = models.load(bundle);
        StageProgress progress = new StageProgress(output.json())) {
      ModelEvaluation evaluation =
          new ModelEvaluation(
              data,
              questions
                  .manner(bundle.manifest())
                  .of(new SplitGrounding(data, new LocalCandidates(loaded), progress), reader));
      result =
          withAbsent
              ? evaluation.run(data.split(judged.split()), judged.seed(), true, answers)
              : evaluation.run(data.split(judged.split()), judged.seed());
    }
    AbsenceTable absence =
        withAbsent ? SplitQuestions.absence(answers, bundle.manifest(), judged.seed()) : null;
    RecallReport recall = new RecallReport(result.score(), result.candidates(), absence);
    if (folder != null) {
      SplitReport report =
          SplitReport.of(subject(bundle.manifest()), result, answers.answers(), absence);
      folder.write(
          new EvaluationReport(report, answers.answers(), curves(bundle)),
          gallery,
          photos ? data : null);
    }
    if (record) {
      JudgedBundle.write(bundle, judged.split(), recall);
    }
    if (predictions != null) {
      PredictionsFile.write(predictions, result.predictions());
    }
    output.print(recall, out -> out.print(questions.text(result, absence)));
  }

  private SplitReport.Subject subject(BundleManifest manifest) {
    return new SplitReport.Subject(
        manifest.name(),
        manifest.version(),
        judged.split(),
        manifest.calibration(),
        manifest.best());
  }

  private List<String> curves(ModelBundle bundle) {
    Path file = training == null ? EvaluationFolder.of(bundle.directory()).training() : training;
    try {
      return training == null && Files.notExists(file) ? List.of() : Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw unreadable(file).because(unreadable);
    }
  }

  private static CommandFailure unreadable(Path metrics) {
    return CommandFailure.input(
        "The metrics of the training, \"%s\", cannot be read; name others with --training.",
        metrics);
  }
}
