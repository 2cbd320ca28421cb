package io.deixis.batch.data;

import io.deixis.batch.DataFormat;
import io.deixis.dataset.GroundingDataset;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The data that a command of {@code dataset} is about. */
final class DataArgument {

  @Parameters(
      paramLabel = "DIR",
      description = "The data: a folder, or a file of annotations (see --format).")
  Path directory;

  @Mixin DataFormat format = new DataFormat();

  /** Opens it. */
  GroundingDataset open() {
    return format.open(directory);
  }
}
