package io.deixis.batch.bundle;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.Terminal;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.bundle.BundleException;
import io.deixis.engine.bundle.ModelBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bundle verify}: checks that a bundle is whole, can be loaded and answers. */
@Command(
    name = "verify",
    description = {
      "Checks that a bundle's files are those that it was sealed with, and that its model loads.",
      "Ends with 5 where it is not so."
    })
public class BundleVerifyCommand implements Runnable {

  @Spec CommandSpec spec;

  @Mixin BundleName bundle;

  private final ActiveModel models;

  /** Creates the command. */
  public BundleVerifyCommand(ActiveModel models) {
    this.models = models;
  }

  @Override
  public void run() {
    try {
      ModelBundle opened = bundle.open(models);
      try (GroundingModel model = models.load(opened)) {
        model.warmUp();
      }
      Terminal.out(spec)
          .printf(
              "%s is whole: %s%n",
              opened.directory(), String.join(", ", opened.manifest().files().keySet()));
    } catch (BundleException broken) {
      if (broken.isAbsent()) {
        throw broken;
      }
      throw new CommandFailure(ExitStatus.UNHEALTHY, broken.getMessage(), broken);
    }
  }
}
