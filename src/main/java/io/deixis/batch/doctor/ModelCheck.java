package io.deixis.batch.doctor;

import io.deixis.engine.bundle.BundleException;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import java.nio.file.Path;

/** Whether the model bundle is there, can be read by this version, and has the right hashes. */
public final class ModelCheck implements Check {

  private static final String NAME = "Model";

  private final Path bundle;

  /**
   * Creates the check.
   *
   * @param bundle the bundle's folder
   */
  public ModelCheck(Path bundle) {
    this.bundle = bundle;
  }

  @Override
  public Finding run() {
    try {
      BundleManifest manifest = ModelBundle.open(bundle).manifest();
      return Finding.ok(
          NAME,
          "%s %s at %s, %d files with the right hashes"
              .formatted(manifest.name(), manifest.version(), bundle, manifest.files().size()));
    } catch (BundleException unusable) {
      return Finding.failed(NAME, unusable.problem(), unusable.remedy());
    }
  }
}
