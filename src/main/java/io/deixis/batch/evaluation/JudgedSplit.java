package io.deixis.batch.evaluation;

import io.deixis.batch.DataOption;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that judges answers to a split of a data set. */
public final class JudgedSplit {

  @Mixin DataOption data = new DataOption();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "val",
      description = "The split to judge on (default: ${DEFAULT-VALUE}).")
  String split;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the confidence intervals (default: ${DEFAULT-VALUE}).")
  long seed;

  /** Returns where the data is. */
  public DataOption data() {
    return data;
  }

  /**
   * Opens the data.
   *
   * @throws DatasetException if it cannot be read
   */
  public GroundingDataset open() {
    return data.open();
  }

  /** Returns the split's name. */
  public String split() {
    return split;
  }

  /** Returns the seed of the confidence intervals. */
  public long seed() {
    return seed;
  }
}
