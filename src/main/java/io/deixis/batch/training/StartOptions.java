package io.deixis.batch.training;

import io.deixis.batch.CommandFailure;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.GraphOrigin;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.training.TrainingPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a training starts from: a graph, or a whole bundle. */
final class StartOptions {

  @Option(
      names = "--start",
      paramLabel = "FILE",
      description = "TorchScript graph to start from (default: that of the active bundle).")
  Path start;

  @Option(
      names = "--start-origin",
      paramLabel = "TEXT",
      description =
          "Where the graph of --start came from: model, weights, who made them (default:"
              + " \"origin\" in the JSON file beside it).")
  String origin;

  @Option(
      names = "--start-licence",
      paramLabel = "TEXT",
      description =
          "The licence of the graph of --start (default: \"licence\" in the JSON file beside it);"
              + " the bundle's licence begins with it.")
  String licence;

  @Option(
      names = "--from",
      paramLabel = "NAME",
      description =
          "The bundle to go on from, in place of --start: backbone, projection and heads begin"
              + " with its weights, and learn at a third of the usual rates.")
  String from;

  /** Returns the bundle to go on from, or null. */
  ModelBundle parent(ActiveModel models) {
    if (from != null && (start != null || origin != null || licence != null)) {
      throw CommandFailure.usage(
          "--from goes on from a whole bundle, which tells its origin; leave --start out.");
    }
    return from == null ? null : models.bundle(from);
  }

  /**
   * Returns where the training's files are.
   *
   * @throws CommandFailure if there is no graph to start from
   */
  TrainingPaths paths(ModelBundle parent, ActiveModel models, Path work, Path out) {
    if (parent != null) {
      return TrainingPaths.goingOn(parent, work, out);
    }
    Path graph = start == null ? models.directory().resolve(ModelBundle.BACKBONE) : start;
    if (!Files.isRegularFile(graph)) {
      throw CommandFailure.input(
          "There is no graph \"%s\" to start from; name one with --start.", graph);
    }
    return new TrainingPaths(graph, work, out);
  }

  GraphOrigin origin() {
    return new GraphOrigin(Optional.ofNullable(origin), Optional.ofNullable(licence));
  }
}
