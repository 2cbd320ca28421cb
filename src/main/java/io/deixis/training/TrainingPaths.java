package io.deixis.training;

import java.nio.file.Path;

/**
 * Where a training reads and writes.
 *
 * @param start the TorchScript graph to start from
 * @param work folder for checkpoints, features, logs and what the stages leave
 * @param bundle folder to write; its name is the bundle's name
 */
public record TrainingPaths(Path start, Path work, Path bundle) {

  /** Returns the bundle's name. */
  String name() {
    return bundle.toAbsolutePath().normalize().getFileName().toString();
  }
}
