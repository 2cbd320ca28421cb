package io.deixis.batch;

import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that works on data. */
public final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The data: a folder, or a file of annotations (see --format).")
  Path directory;

  @Mixin DataFormat format = new DataFormat();

  /** Returns the folder or file. */
  public Path directory() {
    return directory;
  }

  /** Returns the format's name, or null if it is recognised. */
  public String format() {
    return format.name();
  }

  /**
   * Opens the data.
   *
   * @throws DatasetException if it cannot be read
   */
  public GroundingDataset open() {
    return format.open(directory);
  }
}
