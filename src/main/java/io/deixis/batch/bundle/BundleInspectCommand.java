package io.deixis.batch.bundle;

import io.deixis.batch.ResultOutput;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bundle inspect}: prints a bundle's manifest. */
@Command(
    name = "inspect",
    description =
        "Tells a bundle's files, calibration, thresholds, metrics and where it came from.")
public class BundleInspectCommand implements Runnable {

  @Mixin BundleName bundle;

  @Mixin ResultOutput output = new ResultOutput();

  private final ActiveModel models;

  /** Creates the command. */
  public BundleInspectCommand(ActiveModel models) {
    this.models = models;
  }

  @Override
  public void run() {
    ModelBundle opened = bundle.open(models);
    output.print(opened.manifest(), out -> print(out, opened));
  }

  private static void print(PrintWriter out, ModelBundle bundle) {
    BundleManifest manifest = bundle.manifest();
    out.printf(
        "%s %s%n%s%n%s%n",
        manifest.name(), manifest.version(), manifest.description(), manifest.licence());
    out.println();
    manifest
        .files()
        .forEach(
            (name, hash) ->
                out.printf(
                    Locale.ROOT,
                    "%-24s %,12d bytes  %s%n",
                    name,
                    bundle.file(name).toFile().length(),
                    hash));
    out.printf(
        Locale.ROOT,
        "%nscore = sigmoid(%.4f * logit + %.4f)%n",
        manifest.calibration().scale(),
        manifest.calibration().bias());
    numbers(out, "thresholds", manifest.thresholds());
    numbers(out, "metrics", manifest.metrics());
    out.printf("%nprovenance%n");
    manifest.provenance().forEach((name, text) -> out.printf("  %s: %s%n", name, text));
  }

  private static void numbers(PrintWriter out, String title, Map<String, Double> numbers) {
    out.printf("%n%s%n", title);
    numbers.forEach((name, value) -> out.printf(Locale.ROOT, "  %-28s %.4f%n", name, value));
  }
}
