package io.deixis.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Replaces several files of a folder together: all new ones are written beside their places before
 * the first takes its place, so that a full disk leaves what was there before as it was. One that
 * is closed without a {@link #commit} leaves nothing of the new files, nor folders made for them.
 */
public final class AtomicFileSet implements AutoCloseable {

  private final Path folder;
  private final List<Path> targets = new ArrayList<>();
  private final Deque<Path> made = new ArrayDeque<>();

  /**
   * Begins; nothing is written yet.
   *
   * @param folder of the files; made if it is missing
   */
  public AtomicFileSet(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /**
   * Writes a new file beside the one that it will replace.
   *
   * @param name of the file in the folder, or in one beneath it
   * @throws IOException if it cannot be written
   */
  public void add(String name, AtomicFile.Content content) throws IOException {
    Path target = folder.resolve(name);
    makeFolders(target.getParent());
    targets.add(target);
    content.writeTo(AtomicFile.partial(target));
    AtomicFile.force(AtomicFile.partial(target));
  }

  /**
   * Puts the new files into their places, in the order in which they were added.
   *
   * @throws IOException if one cannot be moved
   */
  public void commit() throws IOException {
    for (Path target : targets) {
      AtomicFile.settle(target);
    }
    targets.clear();
    made.clear();
  }

  @Override
  public void close() throws IOException {
    for (Path target : targets) {
      Files.deleteIfExists(AtomicFile.partial(target));
    }
    while (!made.isEmpty()) {
      try {
        Files.deleteIfExists(made.pop());
      } catch (DirectoryNotEmptyException usedByOthers) {
        // Another process has written into it meanwhile.
      }
    }
  }

  private void makeFolders(Path wanted) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path path = wanted; path != null && Files.notExists(path); path = path.getParent()) {
      missing.push(path);
    }
    while (!missing.isEmpty()) {
      made.push(Files.createDirectory(missing.pop()));
    }
  }
}
