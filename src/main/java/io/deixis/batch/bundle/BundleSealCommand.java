package io.deixis.batch.bundle;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.Terminal;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bundle seal}: takes a bundle's files as they are into its manifest. */
@Command(
    name = "seal",
    description = {
      "Takes a bundle's files as they are now into its manifest, after you have changed the model"
          + " card or the evaluation.",
      "Do not seal what came from elsewhere and does not verify: it is not what its maker sealed."
    })
public class BundleSealCommand implements Runnable {

  @Spec CommandSpec spec;

  @Mixin BundleName bundle;

  private final ActiveModel models;

  /** Creates the command. */
  public BundleSealCommand(ActiveModel models) {
    this.models = models;
  }

  @Override
  public void run() {
    Path directory = bundle.directory(models);
    try {
      ModelBundle.seal(directory, ModelBundle.readManifest(directory));
    } catch (IOException e) {
      throw CommandFailure.storage(
              "The bundle %s cannot be sealed; see that its files are there and its folder can be"
                  + " written.",
              directory)
          .because(e);
    }
    Terminal.out(spec)
        .printf(
            "Sealed %s: %s%n",
            directory, String.join(", ", ModelBundle.open(directory).manifest().files().keySet()));
  }
}
