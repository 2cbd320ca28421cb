package io.deixis.batch;

import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option of every command that reads data. */
public final class DataFormat {

  @Option(
      names = "--format",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      converter = Known.class,
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

  /** Takes the names of the formats that there are. */
  static final class Known implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
      Names names = new Names();
      if (names.contains(text)) {
        return text;
      }
      throw new TypeConversionException(
          "one of %s, not '%s'".formatted(String.join(", ", names), text));
    }
  }

  /** The names of the formats. */
  static final class Names extends ArrayList<String> {

    private static final long serialVersionUID = 1;

    Names() {
      super(List.copyOf(DatasetFormat.ALL.stream().map(DatasetFormat::name).toList()));
    }
  }
}
