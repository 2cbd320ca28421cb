package io.deixis.batch.doctor;

import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a data folder can be trained on and evaluated with: its splits, the first annotation of
 * each, and the images. {@code dataset check} reads every annotation.
 */
public final class DataCheck implements Check {

  private static final String NAME = "Data";

  private final Path directory;
  private final List<String> splits;

  /**
   * Creates the check.
   *
   * @param directory the data folder
   * @param splits the names of the splits that are needed
   */
  public DataCheck(Path directory, List<String> splits) {
    this.directory = directory;
    this.splits = List.copyOf(splits);
  }

  @Override
  public Finding run() {
    try {
      GroundingDataset data = DatasetFormat.open(directory);
      List<String> seen = new ArrayList<>();
      long missing = 0;
      for (String split : splits) {
        List<String> ids = data.split(split);
        ids.stream().findFirst().ifPresent(data::read);
        missing += ids.stream().filter(id -> !Files.isRegularFile(data.image(id))).count();
        seen.add("%,d %s".formatted(ids.size(), split));
      }
      String detail = String.join(", ", seen) + " in " + directory;
      return missing == 0
          ? Finding.ok(NAME, detail)
          : Finding.failed(
              NAME,
              "%s; %,d images are missing".formatted(detail, missing),
              "Put the photos into %s, named ID.jpg.".formatted(directory.resolve("images")));
    } catch (DatasetException unusable) {
      return Finding.failed(
          NAME,
          unusable.getMessage(),
          "Mend that, then look at every file with: deixis dataset check " + directory);
    }
  }
}
