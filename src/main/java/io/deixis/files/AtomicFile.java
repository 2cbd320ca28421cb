package io.deixis.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that are there whole or not at all, even if the process is killed: the content goes
 * to a temporary file beside the target, is forced to the disk and moved over the target in one
 * step.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {

    /** Writes to {@code file}, which may be there already. */
    void writeTo(Path file) throws IOException;
  }

  /**
   * Replaces a file. Of a link, what it leads to is replaced; what is there and no file, such as a
   * pipe or {@code /dev/stdout}, is written to as it is.
   *
   * @param target the file; its folder is made if it is missing
   * @param content writes the new content
   * @throws IOException if it cannot be written; the target is then as it was
   */
  public static void replace(Path target, Content content) throws IOException {
    Path file = Files.exists(target) ? target.toRealPath() : target;
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      content.writeTo(file);
      return;
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path partial = partial(file);
    try {
      content.writeTo(partial);
      force(partial);
      settle(file);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Replaces {@code target} by a copy of {@code source}, as {@link #replace} does. */
  public static void copy(Path source, Path target) throws IOException {
    replace(target, partial -> Files.copy(source, partial, StandardCopyOption.REPLACE_EXISTING));
  }

  /** Returns the temporary file of a target. */
  static Path partial(Path target) {
    return target.resolveSibling(target.getFileName() + ".partial");
  }

  /** Forces a file's content to the disk. */
  static void force(Path file) throws IOException {
    force(file, StandardOpenOption.WRITE);
  }

  /** Moves the temporary file over its target. */
  static void settle(Path target) throws IOException {
    Files.move(
        partial(target),
        target,
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try {
      force(target.toAbsolutePath().getParent(), StandardOpenOption.READ);
    } catch (IOException unsupported) {
      // Some systems cannot force a folder; the file's own content is on the disk all the same.
    }
  }

  private static void force(Path path, StandardOpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }
}
