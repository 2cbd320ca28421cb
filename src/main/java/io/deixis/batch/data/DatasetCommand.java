package io.deixis.batch.data;

import picocli.CommandLine.Command;

/** {@code dataset}: reads, counts, divides and makes data sets. */
@Command(
    name = "dataset",
    description = "Checks, counts, divides and makes data sets.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DatasetCheckCommand.class,
      DatasetStatsCommand.class,
      DatasetPairsCommand.class,
      DatasetSplitCommand.class,
      DatasetQuestionsCommand.class,
      DatasetSynthCommand.class
    })
public class DatasetCommand {}
