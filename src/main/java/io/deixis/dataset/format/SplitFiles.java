package io.deixis.dataset.format;

import io.deixis.dataset.DatasetException;
import io.deixis.dataset.SplitList;
import io.deixis.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files {@code NAME.txt} of a folder, each of which lists the image ids of a split, one a line.
 *
 * @param folder that holds them
 */
record SplitFiles(Path folder) {

  private static final String EXTENSION = ".txt";

  /** The usual splits come first, in this order, the others by name. */
  static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(
              name ->
                  name.equals("train") ? 0 : name.equals("val") ? 1 : name.equals("test") ? 2 : 3)
          .thenComparing(Comparator.naturalOrder());

  /** Returns the names of the splits that there are. */
  List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(EXTENSION))
          .map(name -> name.substring(0, name.length() - EXTENSION.length()))
          .filter(name -> ImageIds.isValid(name) && !name.startsWith("README"))
          .sorted(ORDER)
          .toList();
    } catch (IOException e) {
      throw TextFile.unreadable(folder, "check its rights.", e);
    }
  }

  boolean has(String name) {
    return Files.isRegularFile(file(name));
  }

  /** Returns the list of a split. */
  SplitList read(String name) {
    List<String> lines =
        TextFile.lines(
            file(name), "name a split that the folder has, or add this list of image ids.");
    List<SplitList.Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String id = lines.get(i).strip();
      if (!id.isEmpty()) {
        entries.add(new SplitList.Entry(id, i + 1));
      }
    }
    return new SplitList(file(name), entries);
  }

  /** Adds lists, or none if one of them is there already. */
  void add(Map<String, List<String>> splits) {
    for (String name : splits.keySet()) {
      if (has(name)) {
        throw new DatasetException(
            file(name) + " is there already: name another split or delete it.");
      }
    }
    splits.forEach((name, ids) -> add(file(name), ids));
  }

  private static void add(Path list, List<String> ids) {
    try {
      AtomicFile.replace(list, partial -> Files.write(partial, ids));
    } catch (IOException e) {
      throw DatasetException.unwritable(list, e);
    }
  }

  private Path file(String name) {
    return folder.resolve(ImageIds.checked(name) + EXTENSION);
  }
}
