package io.deixis.dataset.format;

import io.deixis.dataset.DatasetException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads text files of data sets: UTF-8, with or without a byte order mark. */
final class TextFile {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  /**
   * Returns a file's lines.
   *
   * @param fix what to do where it cannot be read
   * @throws DatasetException if it cannot be read
   */
  static List<String> lines(Path file, String fix) {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      if (!lines.isEmpty() && lines.get(0).startsWith(BYTE_ORDER_MARK)) {
        lines.set(0, lines.get(0).substring(BYTE_ORDER_MARK.length()));
      }
      return lines;
    } catch (IOException e) {
      throw unreadable(file, fix, e);
    }
  }

  static DatasetException unreadable(Path file, String fix, IOException cause) {
    String problem =
        cause instanceof NoSuchFileException
            ? "is missing"
            : cause instanceof CharacterCodingException ? "is no UTF-8 text" : "cannot be read";
    return new DatasetException("%s %s: %s".formatted(file, problem, fix), cause);
  }
}
