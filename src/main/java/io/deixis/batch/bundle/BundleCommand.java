package io.deixis.batch.bundle;

import picocli.CommandLine.Command;

/** {@code bundle}: looks into model bundles. */
@Command(
    name = "bundle",
    description = "Shows, checks and packs model bundles.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BundleInspectCommand.class,
      BundleVerifyCommand.class,
      BundleExportCommand.class
    })
public class BundleCommand {}
