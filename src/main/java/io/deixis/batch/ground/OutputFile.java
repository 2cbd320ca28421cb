package io.deixis.batch.ground;

import io.deixis.batch.CommandFailure;
import io.deixis.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files that commands write for their user. */
final class OutputFile {

  private OutputFile() {}

  /**
   * Refuses files that are photos, also by another name.
   *
   * @throws CommandFailure if one is
   */
  static void refusePhotos(Collection<Path> files, List<Photo> photos) {
    Map<Path, Photo> real = new HashMap<>();
    for (Path file : files) {
      if (Files.exists(file)) {
        if (real.isEmpty()) {
          photos.forEach(photo -> photo.file().ifPresent(path -> real.put(real(path), photo)));
        }
        Photo photo = real.get(real(file));
        if (photo != null) {
          throw CommandFailure.usage(
              "The answer would replace the photo \"%s\"; name another file.", photo.source());
        }
      }
    }
  }

  /** Returns the path without links; as it is if there is no such file. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException missing) {
      return path.toAbsolutePath().normalize();
    }
  }

  /** Writes a file, whole or not at all; its folder is made if it is not there. */
  static void write(Path file, AtomicFile.Content content) {
    try {
      AtomicFile.replace(file, content);
    } catch (IOException failed) {
      throw unwritable(file, failed);
    }
  }

  static CommandFailure unwritable(Path file, IOException cause) {
    return CommandFailure.storage(
            "The file \"%s\" cannot be written; make room on its disk, or name another with --out,"
                + " --svg or --png.",
            file)
        .because(cause);
  }
}
