package io.deixis.dataset;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The list of a split's images as its file has it.
 *
 * @param file that names them
 * @param entries in file order
 */
public record SplitList(Path file, List<Entry> entries) {

  /**
   * One image.
   *
   * @param id the image's id
   * @param line of the file, from 1
   */
  public record Entry(String id, int line) {}

  /** Copies the entries. */
  public SplitList {
    entries = List.copyOf(entries);
  }

  /**
   * Returns the ids in file order.
   *
   * @throws DatasetException if one is there twice
   */
  List<String> distinctIds() {
    Set<String> seen = new HashSet<>();
    for (Entry entry : entries) {
      if (!seen.add(entry.id())) {
        throw DatasetException.damaged(
            "%s names the image %s twice, again in line %d: keep one of the lines."
                .formatted(file, entry.id(), entry.line()),
            null);
      }
    }
    return entries.stream().map(Entry::id).toList();
  }
}
