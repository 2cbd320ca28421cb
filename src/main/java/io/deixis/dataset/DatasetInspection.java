package io.deixis.dataset;

import io.deixis.dataset.Defect.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks for defects in the splits of a data set; it does not stop at the first one. */
public final class DatasetInspection {

  private final GroundingDataset data;

  /** Prepares the inspection of {@code data}. */
  public DatasetInspection(GroundingDataset data) {
    this.data = data;
  }

  /**
   * Returns what is wrong with the lists of splits: an image in two of them or twice in one.
   *
   * @param names of the splits
   * @return the defects of each split, by its name
   */
  public Map<String, List<Defect>> ofLists(List<String> names) {
    Map<String, List<Defect>> defects = new HashMap<>();
    Map<String, Path> listOf = new HashMap<>();
    for (String name : names) {
      SplitList list = data.list(name);
      List<Defect> ofList = new ArrayList<>();
      for (SplitList.Entry entry : list.entries()) {
        Path other = listOf.putIfAbsent(entry.id(), list.file());
        if (other != null) {
          ofList.add(
              new Defect(
                  Severity.ERROR,
                  list.file(),
                  entry.line(),
                  "the image %s is already in %s".formatted(entry.id(), other.getFileName())));
        }
      }
      defects.put(name, ofList);
    }
    return defects;
  }

  /**
   * Returns the lines of a split's list whose image has no file.
   *
   * @param name of the split
   */
  public List<Defect> missingImages(String name) {
    SplitList list = data.list(name);
    List<Defect> defects = new ArrayList<>();
    for (SplitList.Entry entry : list.entries()) {
      if (!Files.isRegularFile(data.image(entry.id()))) {
        defects.add(
            new Defect(
                Severity.WARNING,
                list.file(),
                entry.line(),
                "the image file %s is missing".formatted(data.image(entry.id()))));
      }
    }
    return defects;
  }
}
