package io.deixis.batch.bundle;

import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.BundleException;
import io.deixis.engine.bundle.ModelBundle;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** Which bundle a command is about. */
class BundleName {

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "The bundle (default: deixis.models.active).")
  String name;

  /** Returns the bundle's folder, whether or not it is there. */
  Path directory(ActiveModel models) {
    return name == null ? models.directory() : models.directory(name);
  }

  /**
   * Opens the bundle, its files verified.
   *
   * @throws BundleException if a file is missing or changed
   */
  ModelBundle open(ActiveModel models) {
    return models.bundle(name);
  }
}
