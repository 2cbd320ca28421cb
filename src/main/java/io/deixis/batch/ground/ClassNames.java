package io.deixis.batch.ground;

import io.deixis.batch.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that name classes, one a line, in the order of their numbers. */
final class ClassNames {

  private ClassNames() {}

  /**
   * Reads names.
   *
   * @throws CommandFailure if the file cannot be read
   */
  static List<String> read(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .map(name -> name.replace("\ufeff", "").strip())
          .toList();
    } catch (IOException unreadable) {
      throw CommandFailure.input(
              "The list of classes \"%s\" cannot be read; write one name a line, in UTF-8.", file)
          .because(unreadable);
    }
  }
}
