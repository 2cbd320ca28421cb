package io.deixis.batch.evaluation;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ResultOutput;
import io.deixis.batch.StageProgress;
import io.deixis.batch.WholeNumber;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.LocalCandidates;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.evaluation.AnswerCollector;
import io.deixis.evaluation.Comparison;
import io.deixis.evaluation.Cost;
import io.deixis.evaluation.ModelEvaluation;
import io.deixis.evaluation.SplitGrounding;
import io.deixis.evaluation.report.ComparisonReport;
import io.deixis.runlog.ProcessMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare}: models side by side on one split. */
@Command(
    name = "compare",
    description = {
      "Evaluates models on the same split and prints them side by side: Recall@k, absent phrases,"
          + " calibration, latency and memory, with 95 %% intervals.",
      "Below stand the differences to the first model, bootstrapped over the same images for both:"
          + " one whose interval does not hold 0 is no chance."
    },
    footer = {
      "%nExamples:",
      "  deixis compare --data DIR --split val deixis-small mine",
      "  deixis compare --data DIR deixis-small mine owlv2 --report comparison"
    })
public class CompareCommand implements Runnable {

  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL",
      description = "The bundles, by name; the first one is what the others are compared with.")
  List<String> names;

  @Mixin JudgedSplit judged = new JudgedSplit();

  @Mixin UnseenKinds unseen = new UnseenKinds();

  @Option(
      names = "--timed",
      paramLabel = "N",
      defaultValue = "50",
      converter = WholeNumber.From1.class,
      description = "Photos of the split to measure the latency on (default: ${DEFAULT-VALUE}).")
  int timed;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Also write comparison.html and comparison.json into this folder.")
  Path report;

  @Mixin ResultOutput output = new ResultOutput();

  private final ActiveModel models;

  /** Creates the command. */
  public CompareCommand(ActiveModel models) {
    this.models = models;
  }

  @Override
  public void run() {
    GroundingDataset data = judged.open();
    List<String> ids = data.split(judged.split());
    if (ids.isEmpty()) {
      throw CommandFailure.input("The split \"%s\" has no image; name another.", judged.split());
    }
    ReportFolder folder = report == null ? null : ReportFolder.create(report);
    // All are opened before the first one runs, which may take long.
    List<ModelBundle> bundles =
        names.stream().distinct().map(models::directory).map(ModelBundle::open).toList();
    models.device(); // the engine's own memory counts for no model
    List<Comparison.Candidate> candidates = new ArrayList<>();
    for (ModelBundle bundle : bundles) {
      candidates.add(evaluated(bundle, data, ids));
    }
    Comparison comparison = Comparison.of(judged.split(), ids, candidates, judged.seed());
    ComparisonReport documents = new ComparisonReport(comparison);
    if (folder != null) {
      folder.write(documents);
    }
    output.print(comparison, out -> out.print(documents.text()));
  }

  private Comparison.Candidate evaluated(
      ModelBundle bundle, GroundingDataset data, List<String> ids) {
    AnswerCollector answers = new AnswerCollector(ModelEvaluation.OPTIONS);
    OptionalLong before = ProcessMemory.residentMegabytes();
    try (GroundingModel loaded = models.load(bundle);
        StageProgress progress = new StageProgress(output.json())) {
      LocalCandidates model = new LocalCandidates(loaded);
      ModelEvaluation.Result result =
          new ModelEvaluation(
                  data,
                  new SplitGrounding(data, model, progress)
                      .withUnseenKinds(unseen.of(bundle.manifest())))
              .run(ids, judged.seed(), true, answers);
      OptionalLong after = ProcessMemory.residentMegabytes();
      Long grown =
          before.isPresent() && after.isPresent()
              ? Math.max(0, after.getAsLong() - before.getAsLong())
              : null;
      return new Comparison.Candidate(
          bundle.directory().getFileName().toString(),
          bundle.manifest().version(),
          result,
          answers.answers(),
          bundle.manifest().calibration(),
          Cost.measure(
              model, data, ids.subList(0, Math.min(timed, ids.size())), bundle.bytes(), grown));
    }
  }
}
