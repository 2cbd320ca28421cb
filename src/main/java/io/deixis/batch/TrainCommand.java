package io.deixis.batch;

import io.deixis.dataset.Flickr30kEntities;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.training.BundleSettings;
import io.deixis.training.BundleTraining;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: makes a model bundle from a data set. */
@Command(
    name = "train",
    description = {
      "Makes a model bundle: fine-tunes backbone and proposals on the boxes, trains the matching"
          + " head on cached region features, calibrates its scores on held-out images.",
      "What the stages leave is kept in the work folder; a stage that is done is not done again."
    })
public class TrainCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The folder with Annotations, Sentences, images and train.txt.")
  Path directory;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The bundle's folder; its name becomes the bundle's name.")
  Path out;

  @Option(
      names = "--start",
      paramLabel = "FILE",
      description = "TorchScript graph to start from (default: that of the active bundle).")
  Path start;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "runs/train",
      description = "Where the stages leave their results (default: ${DEFAULT-VALUE}).")
  Path work;

  @Option(
      names = "--held-out",
      paramLabel = "N",
      description =
          "The first N training images are not trained on but calibrated with"
              + " (default: ${DEFAULT-VALUE}).")
  int heldOut = BundleSettings.DEFAULTS.heldOut();

  @Option(names = "--mirror", description = "Also train on every image's mirror.")
  boolean mirror = BundleSettings.DEFAULTS.mirrored();

  private final ActiveModel models;

  TrainCommand(ActiveModel models) {
    this.models = models;
  }

  @Override
  public Integer call() {
    Path graph = start == null ? models.directory().resolve(ModelBundle.BACKBONE) : start;
    if (!Files.isRegularFile(graph)) {
      throw new CommandFailure(
          ExitStatus.INPUT,
          "There is no graph \"%s\" to start from; name one with --start.".formatted(graph));
    }
    BundleSettings settings =
        new BundleSettings(
            BundleSettings.DEFAULTS.version(),
            heldOut,
            BundleSettings.DEFAULTS.projectionImages(),
            mirror,
            BundleSettings.DEFAULTS.proposals(),
            BundleSettings.DEFAULTS.head());
    Flickr30kEntities data = Flickr30kEntities.open(directory);
    ModelBundle bundle;
    try (StageProgress progress = new StageProgress(false)) {
      bundle = new BundleTraining(data, settings, models.device(), progress).run(graph, work, out);
    }
    PrintWriter writer = spec.commandLine().getOut();
    writer.printf("Wrote %s: thresholds %s%n", out, bundle.manifest().thresholds());
    bundle
        .manifest()
        .metrics()
        .forEach((name, value) -> writer.printf("%-24s %.4f%n", name, value));
    return ExitStatus.OK.code();
  }
}
