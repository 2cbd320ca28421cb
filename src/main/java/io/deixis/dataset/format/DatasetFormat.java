package io.deixis.dataset.format;

import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A format of grounding data. A further format is a class that implements {@link GroundingDataset},
 * and its line in {@link #ALL}.
 *
 * @param name as the command line takes it
 * @param layout one clause: what a folder or file of this format holds
 * @param recognises tells whether a folder or file that exists is of this format, by its look
 * @param reader opens a folder or file of this format
 */
public record DatasetFormat(
    String name,
    String layout,
    Predicate<Path> recognises,
    Function<Path, GroundingDataset> reader) {

  /** Every format there is, in the order in which they are tried. */
  public static final List<DatasetFormat> ALL =
      List.of(
          Flickr30kEntities.format(),
          CocoReferring.format(),
          OdvgLines.format(),
          PhraseList.format());

  /**
   * Opens a data set by the first format that recognises it.
   *
   * @param path a folder or file
   * @throws DatasetException if it does not exist, no format recognises it, or it cannot be read
   */
  public static GroundingDataset open(Path path) {
    if (Files.notExists(path)) {
      throw new DatasetException(
          "The data set %s is missing: name a folder or file that exists.".formatted(path));
    }
    return open(
        path,
        format -> format.recognises.test(path),
        "%s is no data set of a known format: name one that holds %s.".formatted(path, layouts()));
  }

  /**
   * Opens a data set.
   *
   * @param path a folder or file
   * @param format the name of its format; null to recognise it
   * @throws DatasetException if there is no such format, or the data set cannot be read
   */
  public static GroundingDataset open(Path path, String format) {
    if (format == null) {
      return open(path);
    }
    String names = String.join(", ", ALL.stream().map(DatasetFormat::name).toList());
    return open(
        path,
        known -> known.name.equals(format),
        "There is no data set format '%s': name one of %s.".formatted(format, names));
  }

  private static GroundingDataset open(
      Path path, Predicate<DatasetFormat> wanted, String otherwise) {
    DatasetFormat format =
        ALL.stream().filter(wanted).findFirst().orElseThrow(() -> new DatasetException(otherwise));
    return format.reader.apply(path);
  }

  private static String layouts() {
    return String.join(
        "; or ", ALL.stream().map(format -> format.layout + " (" + format.name + ")").toList());
  }
}
