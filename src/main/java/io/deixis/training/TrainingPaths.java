package io.deixis.training;

import io.deixis.engine.bundle.ModelBundle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a training reads and writes.
 *
 * @param start the TorchScript graph to start from
 * @param parent the bundle to go on from, whose graph {@code start} then is
 * @param work folder for checkpoints, features, logs and what the stages leave
 * @param bundle folder to write; its name is the bundle's name
 */
public record TrainingPaths(Path start, Optional<ModelBundle> parent, Path work, Path bundle) {

  /** Creates the paths of a training that begins with a graph alone. */
  public TrainingPaths(Path start, Path work, Path bundle) {
    this(start, Optional.empty(), work, bundle);
  }

  /** Creates the paths of a training that goes on from a bundle. */
  public static TrainingPaths goingOn(ModelBundle parent, Path work, Path bundle) {
    return new TrainingPaths(parent.file(ModelBundle.BACKBONE), Optional.of(parent), work, bundle);
  }

  /** Returns the bundle's name. */
  String name() {
    return bundle.toAbsolutePath().normalize().getFileName().toString();
  }
}
