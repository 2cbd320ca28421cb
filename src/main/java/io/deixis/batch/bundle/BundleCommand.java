package io.deixis.batch.bundle;

import picocli.CommandLine.Command;

/** {@code bundle}: looks into model bundles. */
@Command(
    name = "bundle",
    description = "Shows, checks, seals, packs and imports model bundles.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BundleInspectCommand.class,
      BundleVerifyCommand.class,
      BundleSealCommand.class,
      BundleExportCommand.class,
      BundleImportCommand.class
    })
public class BundleCommand {}
