package io.deixis.batch;

import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option of every command that reads data. */
public final class DataFormat {

  @Option(
      names = "--format",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description =
          "The format of the data: one of ${COMPLETION-CANDIDATES} (default: told by its look).")
  String format;

  /** Returns the format's name, or null if it is recognised. */
  public String name() {
    return format;
  }

  /**
   * Opens a data set.
   *
   * @param data a folder or file
   * @throws DatasetException if it cannot be read
   */
  public GroundingDataset open(Path data) {
    return DatasetFormat.open(data, format);
  }

  /** The names of the formats. */
  static final class Names extends ArrayList<String> {

    private static final long serialVersionUID = 1;

    Names() {
      super(List.copyOf(DatasetFormat.ALL.stream().map(DatasetFormat::name).toList()));
    }
  }
}
