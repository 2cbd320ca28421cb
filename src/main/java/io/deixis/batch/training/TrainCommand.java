package io.deixis.batch.training;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.DataOption;
import io.deixis.batch.StageProgress;
import io.deixis.batch.Terminal;
import io.deixis.batch.WholeNumber;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.training.BundleSettings;
import io.deixis.training.BundleTraining;
import io.deixis.training.TrainingOrigin;
import io.deixis.training.joint.JointSettings;
import io.deixis.training.loop.Plan;
import io.deixis.training.matching.HeadSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: makes a model bundle from a data set. */
@Command(
    name = "train",
    description = {
      "Makes a model bundle: fine-tunes backbone and proposals on the boxes, trains the matching"
          + " head on cached region features, calibrates its scores on held-out images.",
      "What the stages leave is kept in the work folder, with metrics.csv, batch-samples.ndjson and"
          + " heartbeat.json. A run that was stopped, even killed, goes on with the same command."
    })
public class TrainCommand implements Runnable {

  /** The share of the usual learning rates for weights that have learnt already. */
  private static final float GOING_ON = 1 / 3f;

  @Spec CommandSpec spec;

  @Mixin DataOption source = new DataOption();

  @Mixin StartOptions start = new StartOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The bundle's folder; its name becomes the bundle's name.")
  Path out;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "runs/train",
      description = "Where the stages leave their results (default: ${DEFAULT-VALUE}).")
  Path work;

  @Option(
      names = "--held-out",
      paramLabel = "N",
      converter = WholeNumber.From1.class,
      description =
          "The first N training images are not trained on but judge epochs and calibrate"
              + " (default: ${DEFAULT-VALUE}).")
  int heldOut = BundleSettings.DEFAULTS.heldOut();

  @Option(
      names = "--stratify",
      description =
          "Choose the images held out such that they resemble the others in entity types and"
              + " positive pairs, in place of the first ones; there may be a few more or less.")
  boolean stratified;

  @Option(
      names = "--second-view",
      negatable = true,
      fallbackValue = "true",
      description =
          "Also train the head on a second view of every image: mirrored, cropped, in other light"
              + " (default: ${DEFAULT-VALUE}).")
  boolean secondView = BundleSettings.DEFAULTS.secondView();

  @Option(
      names = "--other-words",
      negatable = true,
      fallbackValue = "true",
      description =
          "Say the phrases of the second view in other words, or ask for them: \"children\" for"
              + " \"kids\", \"find the children\" (default: ${DEFAULT-VALUE}).")
  boolean otherWords = BundleSettings.DEFAULTS.otherWords();

  @Option(
      names = "--joint-epochs",
      paramLabel = "N",
      converter = WholeNumber.From0.class,
      description =
          "Passes over the images in which backbone, projection and a single head (--heads 1) are"
              + " trained together; 0 leaves the backbone as the first stage made it (default:"
              + " ${DEFAULT-VALUE}).")
  int jointEpochs = JointSettings.DEFAULTS.plan().epochs();

  @Mixin HeadOptions head = new HeadOptions();

  @Mixin ProposalOptions proposals = new ProposalOptions();

  @Option(
      names = "--heads",
      paramLabel = "N",
      converter = WholeNumber.From1.class,
      description =
          "Matching heads, alike but for their seeds, that are trained one after the other and"
              + " judge together (default: 4, or as many as the bundle of --from has).")
  Integer heads;

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = WholeNumber.From1.class,
      description = "Images a step of the first two stages (default: ${DEFAULT-VALUE}).")
  int batch = HeadSettings.DEFAULTS.plan().batchSize();

  @Option(
      names = "--patience",
      paramLabel = "N",
      converter = WholeNumber.From0.class,
      description =
          "Stop after N epochs that are no better on the held-out images, and keep the best"
              + " one; 0 trains all epochs and keeps the last (default: ${DEFAULT-VALUE}).")
  int patience = BundleSettings.DEFAULTS.patience();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What weights and draws follow from (default: ${DEFAULT-VALUE}).")
  int seed = HeadSettings.DEFAULTS.plan().seed();

  @Option(
      names = "--model-version",
      paramLabel = "TEXT",
      description = "The version that the bundle says it is of (default: ${DEFAULT-VALUE}).")
  String modelVersion = BundleSettings.DEFAULTS.version();

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu|gpuN",
      description = "Where to compute (default: deixis.engine.device).")
  String device;

  @Option(
      names = "--checkpoint-steps",
      paramLabel = "N",
      converter = WholeNumber.From1.class,
      defaultValue = "100",
      description =
          "Steps between two checkpoints within an epoch; the same command goes on from the last"
              + " one (default: ${DEFAULT-VALUE}).")
  int checkpointSteps;

  @ArgGroup TrainingPart part = new TrainingPart();

  private final ActiveModel models;
  private final String version;

  /** Creates the command. */
  public TrainCommand(
      ActiveModel models, @ConfigProperty(name = "quarkus.application.version") String version) {
    this.models = models;
    this.version = version;
  }

  @Override
  public void run() {
    ModelBundle parent = start.parent(models);
    if (heads == null) {
      heads = parent == null ? BundleSettings.DEFAULTS.heads() : parent.heads().size();
    }
    BundleTraining training = training(parent, settings(parent == null ? 1 : GOING_ON));
    PrintWriter writer = Terminal.out(spec);
    try (StageProgress progress = new StageProgress(false)) {
      if (part.prepare) {
        training.prepareFeatures(progress);
        writer.printf("Backbone and projection are in %s%n", work);
      } else if (part.shard != null) {
        training.extractFeatures(part.shard, progress);
        writer.printf(
            "The features of shard %d of %d are in %s%n",
            part.shard.index(), part.shard.count(), work);
      } else {
        print(writer, training.run(progress).manifest());
      }
    }
  }

  private BundleTraining training(ModelBundle parent, BundleSettings settings) {
    return new BundleTraining(
        source.open(),
        settings,
        device == null ? models.device() : models.device(device),
        start.paths(parent, models, work, out),
        checkpointSteps,
        new TrainingOrigin("Deixis " + version, command(), start.origin()));
  }

  private void print(PrintWriter writer, BundleManifest manifest) {
    writer.printf("Wrote %s: thresholds %s%n", out, manifest.thresholds());
    manifest
        .metrics()
        .forEach((name, value) -> writer.printf(Locale.ROOT, "%-24s %.4f%n", name, value));
  }

  /** Returns the command line, of paths their last names alone. */
  private String command() {
    List<String> words = new ArrayList<>(List.of(spec.name()));
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      Object value = option.getValue();
      boolean negated = option.negatable() && Boolean.FALSE.equals(value);
      words.add(negated ? option.longestName().replaceFirst("--", "--no-") : option.longestName());
      if (value instanceof Path path) {
        words.add(path.toAbsolutePath().normalize().getFileName().toString());
      } else if (option.arity().max() > 0) {
        words.add(String.join(",", option.originalStringValues()));
      }
    }
    return String.join(" ", words);
  }

  private BundleSettings settings(float share) {
    if (jointEpochs > 0 && heads > 1) {
      throw CommandFailure.usage("--joint-epochs trains a single head; add --heads 1.");
    }
    JointSettings joint = BundleSettings.DEFAULTS.joint();
    return new BundleSettings(
        modelVersion,
        heldOut,
        stratified,
        BundleSettings.DEFAULTS.projectionImages(),
        secondView,
        otherWords,
        patience,
        proposals.settings(batch, seed, share),
        head.settings(batch, seed, share),
        heads,
        joint.with(plan(joint.plan(), null, share).ofEpochs(jointEpochs).withSeed(seed)));
  }

  /** Returns a plan at the peak rate given; null for a share of the plan's. */
  static Plan plan(Plan usual, Double given, float share) {
    return usual.withLearningRate(
        given == null ? usual.phases().get(0).learningRate() * share : given.floatValue());
  }
}
