package io.deixis.runlog;

import io.deixis.files.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A text file that gains line after line and survives that its writer is killed: each line is
 * handed to the system at once.
 */
final class LineLog implements AutoCloseable {

  private final Path file;
  private BufferedWriter writer;

  LineLog(Path file) {
    this.file = file;
  }

  /** Replaces the lines that are there, none if there is no file, and gets ready to add others. */
  void rewrite(UnaryOperator<List<String>> change) {
    try {
      close();
      List<String> before = Files.exists(file) ? Files.readAllLines(file) : List.of();
      List<String> after = change.apply(before);
      AtomicFile.replace(file, partial -> Files.write(partial, after));
      writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Adds a line; only after {@link #rewrite}. */
  void add(String line) {
    try {
      writer.write(line);
      writer.newLine();
      writer.flush();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
        writer = null;
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private UncheckedIOException unwritable(IOException cause) {
    return new UncheckedIOException(file + " cannot be written", cause);
  }
}
